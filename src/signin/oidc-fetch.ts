// How the OpenID provider is fetched: never in clear text beyond this machine, no redirects, and no more
// of an answer than a token or a set of keys can take.

/** A certificate chain for each of a dozen keys fits. */
export const MOST_BYTES = 256 * 1024

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether what goes to this address can be read on the way. */
export function isPrivate(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}

/** `fetch` with these limits. Whatever breaks one is an error, whose text names no secret. */
export function boundFetch(fetch: typeof globalThis.fetch) {
  return async (address: string, init: object): Promise<Response> => {
    const url = new URL(address)
    if (!isPrivate(url)) throw new Error(`${url.origin} is not reached by https`)
    const answer = await fetch(url, { ...init, redirect: 'error' })
    const { status, headers } = answer
    const bytes = await readBytes(answer)
    return new Response(bytes.length === 0 ? null : new Uint8Array(bytes), { status, headers })
  }
}

async function readBytes(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  // Node's streams can be iterated; the library's types for the browser do not say so.
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    // Leaving the loop ends the transfer.
    if (size > MOST_BYTES) throw new Error(`the answer has more than ${MOST_BYTES} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
