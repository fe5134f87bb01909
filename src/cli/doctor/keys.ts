// Checks of our key and certificate: whether they can be used, how strong they are, when they end.

import 'reflect-metadata'
import type { X509Certificate } from 'node:crypto'
import { X509Certificate as ReadableCertificate } from '@peculiar/x509'
import { type CertificateEnd, listCertificateEnds } from '../../saml/certificate-ends.ts'
import { proveKey } from '../../saml/keyring.ts'
import { stateOf } from '../../saml/rollover.ts'
import { planRollover } from '../../saml/rollover-plan.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'
import { judgeFolder } from './folder.ts'

export const KEY_CHECKS: readonly Check[] = [
  {
    id: 'keys.usable',
    group: 'Keys',
    title: 'Signing key',
    expected: 'RSA of 2048 bits or more, mode 0600, with the certificate that belongs to it',
    needs: ['CERTS_DIR', 'SIGNING_KEY_PASSPHRASE', 'SIGNER_COMMAND'],
    run: async ({ keys }) => {
      const { active } = await keys()
      await proveKey(active)
      const bits = active.certificate.publicKey.asymmetricKeyDetails?.modulusLength
      return [ok(`RSA, ${bits} bits`, 'It signs, and the certificate proves it.')]
    },
  },
  {
    id: 'keys.certificate',
    group: 'Keys',
    title: 'Certificate algorithm',
    expected: 'signed with SHA-256 or better',
    needs: ['CERTS_DIR', 'SIGNING_KEY_PASSPHRASE', 'SIGNER_COMMAND'],
    run: async ({ keys }) => [judgeAlgorithm((await keys()).active.certificate)],
  },
  {
    id: 'keys.dates',
    group: 'Keys',
    title: 'Certificate dates',
    expected: 'begun, and more than 60 days left',
    needs: ['CERTS_DIR', 'SIGNING_KEY_PASSPHRASE', 'SIGNER_COMMAND'],
    run: async ({ keys, clock }) => {
      const found = await keys()
      const now = clock.now()
      const { validFromDate: from } = found.active.certificate
      const ends = listCertificateEnds(found, [], now).map((end) => judgeEnd(end, CHANGE_OURS))
      return from <= now ? ends : [notBegun(from), ...ends]
    },
  },
  {
    id: 'keys.change',
    group: 'Keys',
    title: 'Change of key',
    expected: 'no step of the plan is late',
    needs: ['CERTS_DIR', 'SIGNING_KEY_PASSPHRASE', 'SIGNER_COMMAND'],
    run: judgeChange,
  },
  {
    id: 'keys.folder',
    group: 'Keys',
    title: 'Folder of keys',
    expected: 'only its owner can write to CERTS_DIR',
    needs: ['CERTS_DIR'],
    run: async ({ config: { certsDir } }) => {
      const meaning = 'Whoever can write there can put a key in the place of ours.'
      return [await judgeFolder(certsDir, meaning)]
    },
  },
]

function judgeAlgorithm({ raw }: X509Certificate): Finding {
  const { hash, name } = new ReadableCertificate(raw).signatureAlgorithm
  const found = `${name} with ${hash.name}`
  if (/^SHA-(256|384|512)$/.test(hash.name)) return ok(found, 'Huawei accepts it.')
  const meaning = "Huawei's guide asks for SHA-256; a certificate like this may be refused."
  return warning({ found, meaning }, 'Change the key: partner-idp keys next')
}

function notBegun(from: Date): Finding {
  const found = `begins ${from.toISOString()}`
  const meaning = 'Until then Huawei may refuse what we sign.'
  return error({ found, meaning }, "Check this machine's clock, or use a certificate that counts.")
}

/** What to do about an end of our own. */
const CHANGE_OURS = 'Follow the plan of partner-idp keys status.'

/** How near an end is, and what that means. */
export function judgeEnd(end: CertificateEnd, nextStep: string): Finding {
  const { whose, use, endsAt, daysLeft, level } = end
  const name = whose === 'ours' ? `${use} certificate` : `${use} certificate of ${whose}`
  const day = endsAt.toISOString().slice(0, 10)
  const found = `${name}: ${daysLeft} days left (${day})`
  switch (level) {
    case 'ended':
      return error(
        { found: `${name}: ended ${day}`, meaning: 'Sign-ins may be refused.' },
        nextStep,
      )
    case 'within-7-days':
      return error({ found, meaning: 'Then sign-ins may be refused.' }, nextStep)
    case 'within-30-days':
      return warning({ found, meaning: 'The new one is uploaded by hand: begin now.' }, nextStep)
    case 'within-60-days':
      return note({ found, meaning: 'It is time to plan the change.' }, nextStep)
    default:
      return ok(found, 'There is time.')
  }
}

async function judgeChange({ keys, clock }: Examination): Promise<readonly Finding[]> {
  const set = await keys()
  const state = stateOf(set)
  const [step] = planRollover(set).filter(({ doneAt }) => doneAt === undefined)
  if (step === undefined) return [ok(state, 'Every step is done.')]
  const nextStep = `${step.what} partner-idp ${step.command}`
  const due = step.dueBy.toISOString().slice(0, 10)
  const found = `${state}; next by ${due}`
  if (step.dueBy <= clock.now()) {
    const meaning = 'The step has been due since that day, and the certificate does not wait.'
    return [warning({ found, meaning }, nextStep)]
  }
  if (state === 'settled') return [ok(found, 'No change is under way, and none is due.')]
  return [note({ found, meaning: 'A change is under way.' }, nextStep)]
}
