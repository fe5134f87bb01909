// Checks of our own addresses as others see them: does PUBLIC_URL lead to this installation, and can
// browsers post to the notification URL.

import { type Check, type Examination, error, type Finding, note, ok, warning } from './check.ts'
import { buildOwn, judgeOwnMetadata } from './own-metadata.ts'

const MOST_CHARACTERS = 2 * 1024 * 1024
const NOT_HERE =
  'The service does not run, or this machine is not let out to its own public address; browsers may still reach it.'
const PROXY =
  'Let the reverse proxy pass every path of PUBLIC_URL to the public listener unchanged.'

export const PUBLIC_CHECKS: readonly Check[] = [
  {
    id: 'public.metadata',
    group: 'Public address',
    title: 'Who answers',
    expected: 'PUBLIC_URL/saml/metadata is the metadata of this configuration',
    needs: [
      'HUAWEI_SITE',
      'PUBLIC_URL',
      'ENTITY_ID',
      'CERTS_DIR',
      'SIGNING_KEY_PASSPHRASE',
      'SIGNER_COMMAND',
    ],
    run: judgePublic,
  },
  {
    id: 'public.notification',
    group: 'Public address',
    title: 'Notification URL',
    expected: 'PUBLIC_URL/bind is ours, and browsers reach it',
    needs: ['PUBLIC_URL'],
    run: judgeNotification,
  },
]

async function judgePublic(examination: Examination): Promise<readonly Finding[]> {
  const url = `${examination.config.publicUrl}/saml/metadata`
  const answer = await ask(url, examination)
  if (answer === undefined) return [notReached(url)]
  if (answer.status !== 200) return [strange(url, answer.status)]
  const xml = (await answer.text()).slice(0, MOST_CHARACTERS)
  if (xml === (await buildOwn(examination))) {
    return [ok(url, 'It is this installation that answers.')]
  }
  if (!xml.includes('IDPSSODescriptor')) return [strange(url, answer.status)]
  const meaning =
    'Another installation answers, or the running one has other keys, another entity ID or an older version: what Huawei was given does not fit what signs.'
  const next = 'Restart the service with this configuration, or correct PUBLIC_URL.'
  const isSandbox = examination.config.site === 'sandbox'
  const rules = judgeOwnMetadata(xml, isSandbox).filter(({ level }) => level === 'error')
  return [error({ found: `${url} is another document`, meaning }, next), ...rules]
}

async function judgeNotification(examination: Examination): Promise<readonly Finding[]> {
  const url = `${examination.config.publicUrl}/bind`
  const answer = await ask(url, examination)
  if (answer === undefined) return [notReached(url)]
  await answer.body?.cancel()
  // It takes forms only, so "method not allowed" is our own way to say that it is there.
  if (answer.status !== 405) return [strange(url, answer.status)]
  const meaning =
    "Customers' browsers post Huawei's notifications here; Huawei's servers never connect themselves."
  return [note({ found: url, meaning }, 'Partner Center must have exactly this notification URL.')]
}

function ask(url: string, { fetch, signal }: Examination): Promise<Response | undefined> {
  return fetch(url, { redirect: 'manual', signal }).catch(() => undefined)
}

function notReached(url: string): Finding {
  return warning(
    { found: `${url}: no answer`, meaning: NOT_HERE },
    'Start the service, and open it in a browser.',
  )
}

function strange(url: string, status: number): Finding {
  const meaning = 'Something else answers in our place, so browsers do not reach us either.'
  return error({ found: `${url}: status ${status}, not ours`, meaning }, PROXY)
}
