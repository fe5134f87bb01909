// Two readings of one site's metadata in, what differs out, in sentences for the operator. Only what
// decides whom we trust and where we send people: keys, addresses, entity ids, whether requests are signed.

import { createHash } from 'node:crypto'
import type { PartyKey, RelyingParty } from './relying-party.ts'

/** The differences, one sentence each; none when nothing that matters has changed. */
export function describeChanges(
  before: readonly RelyingParty[],
  after: readonly RelyingParty[],
): readonly string[] {
  const names = [...new Set([...before, ...after].map(({ entityId }) => entityId))]
  return names.flatMap((entityId) => {
    const old = before.find((party) => party.entityId === entityId)
    const now = after.find((party) => party.entityId === entityId)
    if (old === undefined) return `entity ID ${entityId} is new`
    if (now === undefined) return `entity ID ${entityId} is gone`
    return describeParty(old, now).map((change) => `${entityId}: ${change}`)
  })
}

function describeParty(old: RelyingParty, now: RelyingParty): readonly string[] {
  const was = old.signsRequests ? 'signed' : 'unsigned'
  const is = now.signsRequests ? 'signed' : 'unsigned'
  return [
    ...differ('signing key', old.signingKeys.map(nameKey), now.signingKeys.map(nameKey)),
    ...differ('encryption key', old.encryptionKeys.map(nameKey), now.encryptionKeys.map(nameKey)),
    ...differ('AssertionConsumerService', nameConsumers(old), nameConsumers(now)),
    ...differ('SingleLogoutService', nameLogouts(old), nameLogouts(now)),
    ...(was === is ? [] : [`its requests were ${was} and are ${is}`]),
  ]
}

function differ(what: string, old: readonly string[], now: readonly string[]): readonly string[] {
  const added = now.filter((each) => !old.includes(each))
  const removed = old.filter((each) => !now.includes(each))
  return [
    ...[...new Set(added)].map((each) => `${what} ${each} is new`),
    ...[...new Set(removed)].map((each) => `${what} ${each} is gone`),
  ]
}

// SHA-256 of the public key: a certificate that is renewed over the same key changes nothing.
function nameKey({ key }: PartyKey): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

function nameConsumers({ consumers }: RelyingParty): readonly string[] {
  return consumers.map(({ url, index, isDefault }) => {
    return `${url} (index ${index}${isDefault ? ', default' : ''})`
  })
}

function nameLogouts({ logouts }: RelyingParty): readonly string[] {
  return logouts.map(({ binding, url, responseUrl }) => `${url} (${binding}, ${responseUrl})`)
}
