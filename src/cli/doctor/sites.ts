// Checks of the sites that we trust: whether their metadata can be read, is fresh and signed, and where it
// sends people.

import { isLoopback } from '../../config/option.ts'
import { listPartyEnds } from '../../saml/certificate-ends.ts'
import type { PartySource } from '../../saml/metadata-folder.ts'
import type { RelyingParty } from '../../saml/relying-party.ts'
import type { MetadataCopy } from '../../store/metadata-records.ts'
import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'
import { judgeFolder } from './folder.ts'
import { judgeEnd } from './keys.ts'
import type { Sites } from './read-sites.ts'
import { judgeSignature } from './site-signature.ts'

const NEEDS = ['METADATA_DIR', 'HUAWEI_SITE', 'DATABASE_URL'] as const
const FETCH_AGAIN = "Fetch the site's current metadata and put it into METADATA_DIR."

export const SITE_CHECKS: readonly Check[] = [
  {
    id: 'sites.trusted',
    group: 'Sites',
    title: 'Who is trusted',
    expected: 'at least one site, each entity ID once, no document that cannot be read',
    needs: NEEDS,
    run: async ({ sites, config }) => judgeTrusted(await sites(), config.site === 'sandbox'),
  },
  {
    id: 'sites.folder',
    group: 'Sites',
    title: 'Folder of sites',
    expected: 'only its owner can write to METADATA_DIR',
    needs: ['METADATA_DIR'],
    run: async ({ config: { metadataDir } }) => {
      const meaning = 'Whoever can write there decides who is trusted.'
      return [await judgeFolder(metadataDir, meaning)]
    },
  },
  {
    id: 'sites.fresh',
    group: 'Sites',
    title: 'Freshness',
    expected: 'no validUntil that has passed, no refresh that fails, no change that waits',
    needs: NEEDS,
    run: judgeFreshness,
  },
  {
    id: 'sites.signature',
    group: 'Sites',
    title: 'Signature of metadata',
    expected: 'signed with SHA-256 by a certificate that is pinned',
    needs: NEEDS,
    run: async ({ sites }) => (await sites()).files.flatMap(judgeSignature),
  },
  {
    id: 'sites.certificates',
    group: 'Sites',
    title: 'Certificates of sites',
    expected: 'more than 60 days left',
    needs: NEEDS,
    run: async ({ sites, clock }) => judgeCertificates((await sites()).parties, clock.now()),
  },
  {
    id: 'sites.addresses',
    group: 'Sites',
    title: 'Where answers go',
    expected: 'https addresses',
    needs: NEEDS,
    run: async ({ sites, config }) => {
      const { parties } = await sites()
      return parties.map((party) => judgeAddresses(party, config.site === 'sandbox'))
    },
  },
  {
    id: 'sites.requests',
    group: 'Sites',
    title: 'Signed requests',
    expected: 'AuthnRequestsSigned is true, or alwaysSigned is set',
    needs: NEEDS,
    run: async ({ sites }) => (await sites()).parties.map(judgeRequests),
  },
]

function judgeTrusted(
  { parties, problems, sources }: Sites,
  isSandbox: boolean,
): readonly Finding[] {
  const bad = problems.map(({ source, line, problem, remedy }) => {
    const place = line === undefined ? source : `${source}:${line}`
    const meaning = 'What it describes is not trusted; sign-ins from there are refused.'
    return error({ found: `${place}: ${problem}`, meaning }, remedy)
  })
  if (parties.length > 0) {
    const names = parties.map(({ entityId }) => entityId).join(', ')
    const meaning =
      parties.length === 1 ? 'It may send people to us.' : 'Each may send people to us.'
    return [...bad, ok(names, meaning)]
  }
  if (sources.some(({ options }) => options.url !== undefined)) return bad // See sites.fresh.
  if (isSandbox) {
    const meaning = 'The sandbox hands its metadata over when the service starts.'
    return [...bad, note({ found: 'no site yet', meaning })]
  }
  if (bad.length > 0) return bad
  return [error({ found: 'no site', meaning: 'Every sign-in is refused.' }, FETCH_AGAIN)]
}

async function judgeFreshness({ sites, clock }: Examination): Promise<readonly Finding[]> {
  const { parties, sources, copies } = await sites()
  const now = clock.now()
  return [
    ...parties.map((party) => judgeEndOfParty(party, now)),
    ...sources.flatMap((source) => {
      const { url } = source.options
      if (url === undefined) return []
      const copy = copies.find((each) => each.name === source.name && each.url === url)
      return judgeCopy(source, copy)
    }),
  ]
}

function judgeEndOfParty({ entityId, validUntil }: RelyingParty, now: Date): Finding {
  if (validUntil === undefined) return ok(`${entityId}: no end`, 'It counts until it is replaced.')
  const found = `${entityId}: until ${validUntil.toISOString()}`
  if (validUntil > now) return ok(found, 'It counts until then.')
  return error({ found, meaning: 'Sign-ins from this site are refused.' }, FETCH_AGAIN)
}

function judgeCopy({ name, xml }: PartySource, copy: MetadataCopy | undefined): readonly Finding[] {
  const refresh = `Run partner-idp metadata refresh ${name}.`
  if (copy?.xml === undefined && xml === undefined) {
    const meaning = 'Sign-ins from this site are refused until there is a first copy.'
    return [error({ found: `${name}: not fetched yet`, meaning }, refresh)]
  }
  const findings: Finding[] = []
  if (copy?.problem !== undefined) {
    const meaning = 'The last good copy counts; it grows old, and with it its keys.'
    findings.push(warning({ found: `${name}: ${copy.problem}`, meaning }, refresh))
  }
  if (copy?.pending !== undefined) {
    const found = `${name}: ${copy.pending.changes.join('; ')}`
    const meaning = 'The site has changed, and the copy before counts until an operator agrees.'
    findings.push(warning({ found, meaning }, `Run partner-idp metadata accept ${name}.`))
  }
  return findings
}

function judgeCertificates(parties: readonly RelyingParty[], now: Date): readonly Finding[] {
  const nextStep = `${FETCH_AGAIN} Until then its requests still count.`
  return listPartyEnds(parties, now).map((end) => judgeEnd(end, nextStep))
}

function judgeAddresses({ entityId, consumers }: RelyingParty, isSandbox: boolean): Finding {
  const clear = consumers.find(({ url }) => !url.startsWith('https://'))
  const all = consumers.map(({ url }) => url).join(', ')
  if (clear === undefined) return ok(all, `Answers for ${entityId} go nowhere else.`)
  const found = clear.url
  if (isSandbox && isLoopback(found)) return ok(found, 'It stays on this machine: the sandbox.')
  const meaning = 'Answers for this site go to this machine in clear text, so it is no real site.'
  return warning({ found, meaning }, `Remove ${entityId} from METADATA_DIR.`)
}

function judgeRequests({ entityId, signsRequests, options }: RelyingParty): Finding {
  if (signsRequests || options.alwaysSigned) {
    return ok(entityId, 'Requests that it did not sign are refused.')
  }
  const found = `${entityId}: AuthnRequestsSigned is not true`
  const meaning = 'Anybody can send requests in its name; answers still go to its addresses only.'
  return warning({ found, meaning }, 'Set alwaysSigned in its options if it does sign.')
}
