// Sign-in names in, LDAP filters and names to bind by out, in which they are nothing but a value.

/** A printable ASCII character that is neither a letter nor a digit, or a control character. */
const SPECIAL = /[\0-/:-@[-`{-\x7f]/g

/**
 * More than RFC 4515 §3 and RFC 4514 §2.4 ask for, so that no reader's idea of a special character matters.
 * Letters beyond ASCII stay: ldapts takes `\c3\a9` for two characters instead of one.
 */
export function escapeValue(value: string): string {
  return value.replace(SPECIAL, (found) => `\\${found.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** Control, format and unassigned characters: a directory's matching drops them (RFC 4518 §2.2). */
const HIDDEN = /\p{C}/u

/** One spelling for all that a directory takes for the same; `undefined` for what is nobody's name. */
export function plainLogin(login: string): string | undefined {
  const plain = login.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()
  return plain === '' || HIDDEN.test(plain) ? undefined : plain
}

// Active Directory also takes what is no distinguished name, where nothing can be escaped.
const PRINCIPAL = /^[a-z0-9._-]{1,128}$/

/** Puts a name into LDAP_DN_TEMPLATE; `undefined` for one that cannot stand there. */
export function fillTemplate(template: string, login: string): string | undefined {
  const isDn = template.includes('=')
  if (!isDn && !PRINCIPAL.test(login)) return undefined
  return template.replace('{login}', () => (isDn ? escapeValue(login) : login))
}

/** Puts a name into LDAP_FILTER. */
export function fillFilter(filter: string, login: string): string {
  return filter.replaceAll('{login}', () => escapeValue(login))
}
