// Who sits at a browser, kept in memory under an unguessable cookie: one kind for the console, one for
// the portal. A restart signs everybody out.

import type { Request, Response } from 'express'
import { newToken, type Random } from '../base/random.ts'

/** One kind of session. */
export type BrowserSessions<Person> = {
  /** Signs in, under a new cookie. */
  readonly open: (response: Response, person: Person) => void
  readonly find: (request: Request) => Person | undefined
  /** Signs out, and gives who it was. */
  readonly close: (request: Request, response: Response) => Person | undefined
}

const MOST_SESSIONS = 1000

/** Sessions under a cookie of that name. Secure when browsers come by https. */
export function createBrowserSessions<Person>(
  cookieName: string,
  facts: { readonly url: string; readonly random: Random },
): BrowserSessions<Person> {
  const sessions = new Map<string, Person>()
  const options = {
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: facts.url.startsWith('https:'),
  } as const
  return {
    open: (response, person) => {
      const id = newToken(facts.random)
      keepNewest(sessions, MOST_SESSIONS)
      sessions.set(id, person)
      response.cookie(cookieName, id, options)
    },
    find: (request) => sessions.get(cookieIn(request, cookieName)),
    close: (request, response) => {
      const id = cookieIn(request, cookieName)
      const person = sessions.get(id)
      sessions.delete(id)
      response.clearCookie(cookieName, options)
      return person
    },
  }
}

/** Makes room in a map that would otherwise grow for ever: the oldest entries go. */
export function keepNewest(entries: Map<string, unknown>, most: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size < most) return
    entries.delete(oldest)
  }
}

function cookieIn(request: Request, name: string): string {
  const pairs = (request.headers.cookie ?? '').split(/; ?/)
  const found = pairs.find((pair) => pair.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? ''
}
