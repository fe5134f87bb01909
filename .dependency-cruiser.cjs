// The import arrows: which room may know which. docs/life-of-a-sign-in.md walks along them.

// What is kept, and what may be asked of the keeper: types, and nothing of how it is done.
const RECORDS = 'store/store|store/[a-z-]+-records'

/** Room → what it may import from src, beside itself. */
const ROOMS = {
  base: [],
  config: ['base'],
  saml: ['base'],
  partner: ['base'],
  web: ['base'],
  // The subscribed files: what comes in, what is made of it. The database is behind an interface.
  files: ['base', 'store/store', 'store/file-records'],
  store: ['base'],
  metadata: ['base', 'saml', RECORDS],
  audit: ['base', RECORDS],
  session: ['base', RECORDS, 'web'],
  signin: ['base', RECORDS, 'web', 'session'],
  accounts: ['base', RECORDS, 'partner', 'web', 'session', 'signin'],
  // Functions of other rooms are handed in, but for the rules of accounts.
  api: ['base', RECORDS, 'accounts', 'web'],
  // Calls the product's own checks; what it says decides nothing.
  explain: ['base', 'saml', RECORDS, 'accounts/bind', 'accounts/notice', 'sso/attributes'],
  sso: ['base', 'saml', 'explain', RECORDS, 'session', 'signin', 'accounts', 'web'],
  console: ['base', RECORDS, 'session', 'signin', 'accounts', 'partner', 'web'],
  cli: [
    'base',
    'config',
    'saml',
    'store',
    'audit',
    'metadata',
    'accounts',
    'signin/password',
    'api',
    'signin/password-link',
    'signin/password-rules',
    'signin/breached',
    'signin/ldap-probe',
    'signin/oidc-terms',
    'partner',
    'files',
    'explain',
    'parties',
  ],
  // An independent judge: it must never see our protocol core, our flow or our store.
  sandbox: ['base', 'partner/operation', 'partner/catalogue', 'web'],
}

const arrows = Object.entries(ROOMS).map(([room, mayKnow]) => ({
  name: `arrow-${room}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...mayKnow].join('|')})(/|\\.ts$)` },
}))

/** Package → the only places that may import it. */
const WALLS = {
  'xml-crypto': '^src/saml/signature\\.ts$',
  '@xmldom/xmldom': '^src/(saml/(xml-|signature)|sandbox/)',
  samlify: '^src/sandbox/',
  express:
    '^src/(web/|app\\.ts$|.*/routes\\.ts$|api/|session/|signin/|accounts/|sso/|console/|sandbox/)',
  'express-session': '^src/session/',
  'node:sqlite': '^src/store/sqlite\\.ts$',
  pg: '^src/store/postgres\\.ts$',
  kysely: '^src/store/',
  otpauth: '^src/signin/totp\\.ts$',
  uqr: '^src/signin/totp\\.ts$',
  '@simplewebauthn/server': '^src/signin/passkey\\.ts$',
  jose: '^src/(signin|sandbox)/',
  'openid-client': '^src/signin/oidc(-provider)?\\.ts$',
  ldapts: '^src/signin/ldap-(directory|probe)\\.ts$',
  undici: '^src/partner/transport\\.ts$',
}

const walls = Object.entries(WALLS).map(([name, pathNot]) => ({
  name: `wall-${name}`,
  severity: 'error',
  from: { path: '^src/', pathNot },
  to: {
    path: name.startsWith('node:') ? `^${name.slice(5)}$|^${name}$` : `^node_modules/${name}/`,
  },
}))

module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'product-needs-no-dev-package',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'] },
    },
    {
      name: 'cli-and-sandbox-stand-beside',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|sandbox)/' },
      to: { path: '^src/(cli|sandbox)/' },
    },
    ...arrows,
    ...walls,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node'] },
  },
}
