// A portal's side of webhooks, for Node 20 or newer, without packages: proves who sent a message, and that
// it is neither old nor seen before. Run it: WEBHOOK_SECRET=whsec_… node receive-webhooks.mjs

import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'

const TOLERANCE_SECONDS = 300

/** The event of a genuine message; throws for every other. `headers` are in lower case. */
export function readWebhook({ headers, body, secret, now = Date.now() }) {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS || !/^\d+$/.test(timestamp)) {
    throw new Error('the message is too old, or a clock is wrong')
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest()
  // While a secret is being changed there are several, separated by spaces.
  const isGenuine = (headers['webhook-signature'] ?? '').split(' ').some((each) => {
    const [version, signature = ''] = each.split(',')
    const given = Buffer.from(signature, 'base64')
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
  if (!isGenuine) throw new Error('the signature is not right')
  return { id, ...JSON.parse(body) }
}

/** Answers 204 to what is genuine. A message may come twice: `seen` knows its id then. */
export function createReceiver({ secret, onEvent, seen = new Set(), now = Date.now }) {
  return createServer(async (request, response) => {
    try {
      const chunks = []
      for await (const chunk of request) chunks.push(chunk)
      const body = Buffer.concat(chunks).toString('utf8')
      const event = readWebhook({ headers: request.headers, body, secret: secret(), now: now() })
      if (!seen.has(event.id)) await onEvent(event)
      seen.add(event.id) // A real portal keeps the id in its database, with what it did.
      response.writeHead(204).end()
    } catch (error) {
      response.writeHead(400).end(String(error.message))
    }
  })
}

if (process.argv[1] === import.meta.filename) {
  const secret = () => process.env.WEBHOOK_SECRET ?? ''
  const onEvent = ({ type, data }) => process.stdout.write(`${type} ${JSON.stringify(data)}\n`)
  createReceiver({ secret, onEvent }).listen(8080)
}
