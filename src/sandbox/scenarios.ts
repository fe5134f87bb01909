// THE table of scenarios: what the sandbox does differently, and what a person should see of it.
// The control page, the journeys and the guide read it; a new behaviour is a row here first.

/** What a scenario changes; what it does not name stays normal. */
export type Behaviour = {
  /** How the AuthnRequest is spoilt. */
  readonly request?: 'wrong-acs' | 'expired' | 'forged-signature' | 'replayed' | 'unsigned'
  /** The create-and-bind page comes even when an account is bound. */
  readonly asksToBind?: boolean
  /** How the bind notification is spoilt. */
  readonly notice?: 'replayed' | 'forged'
  /** What becomes of a sign-out that the identity provider asks for. */
  readonly logout?: 'silent' | 'refused'
  /** How the partner API misbehaves. */
  readonly api?: 'slow' | 'created-but-500' | 'created-but-silent' | 'throttled'
}

/** A row of the table. */
export type Scenario = {
  readonly title: string
  /** What a person sees when the product is right. */
  readonly expect: string
  readonly behaviour: Behaviour
}

/** The table; its keys are the names that `POST /sandbox/scenario` takes. */
export const SCENARIOS = {
  normal: {
    title: 'Everything works',
    expect:
      'The first sign-in asks to create or bind a Huawei Cloud account; later ones go straight to the console.',
    behaviour: {},
  },
  bind: {
    title: 'Always asks to bind',
    expect:
      'Every sign-in shows the create-and-bind page, even when a Huawei Cloud account is bound.',
    behaviour: { asksToBind: true },
  },
  'wrong-acs': {
    title: 'Asks for the answer at another address',
    expect: 'The identity provider shows a page with the code SAML_WRONG_ACS and sends nothing.',
    behaviour: { request: 'wrong-acs' },
  },
  'expired-request': {
    title: 'Sends a sign-in request that is an hour old',
    expect: 'The sign-in ends with the code SAML_EXPIRED.',
    behaviour: { request: 'expired' },
  },
  'forged-signature': {
    title: 'Signs the sign-in request with a foreign key',
    expect: 'The identity provider shows a page with the code SAML_BAD_SIGNATURE.',
    behaviour: { request: 'forged-signature' },
  },
  'replayed-request': {
    title: 'Sends the same sign-in request again',
    expect:
      'The first sign-in works. Every further one repeats its request, and Huawei Cloud is told that it is denied (SAML_REPLAYED).',
    behaviour: { request: 'replayed' },
  },
  'unsigned-request': {
    title: 'Sends a sign-in request without a signature',
    expect: 'The identity provider shows a page with the code SAML_UNSIGNED.',
    behaviour: { request: 'unsigned' },
  },
  'replayed-bind': {
    title: 'Sends a bind notification twice',
    expect: 'Both get the same reply, and the account is bound once.',
    behaviour: { notice: 'replayed' },
  },
  'forged-bind': {
    title: 'Signs a bind notification with a foreign key',
    expect: 'The identity provider shows BIND_BAD_SIGNATURE, and nothing is bound on either side.',
    behaviour: { notice: 'forged' },
  },
  'silent-logout': {
    title: 'Does not answer a sign-out',
    expect:
      'Signing out at the identity provider ends there all the same; its page says that Huawei Cloud did not answer.',
    behaviour: { logout: 'silent' },
  },
  'refused-logout': {
    title: 'Refuses a sign-out',
    expect:
      'Signing out at the identity provider ends there all the same; its page says that Huawei Cloud did not sign out.',
    behaviour: { logout: 'refused' },
  },
  'slow-api': {
    title: 'Partner API answers after 30 seconds',
    expect:
      'Opening an account ends with “Huawei Cloud does not answer at the moment” (PARTNER_UNREACHABLE).',
    behaviour: { api: 'slow' },
  },
  'created-but-500': {
    title: 'Creates the account, then answers 500',
    expect: 'No second account is made: the answer names the new one, and the customer gets in.',
    behaviour: { api: 'created-but-500' },
  },
  'created-but-silent': {
    title: 'Creates the account, then drops the connection',
    expect:
      'No second account is made: the product asks for the new one, and the customer gets in.',
    behaviour: { api: 'created-but-silent' },
  },
  throttled: {
    title: 'Partner API refuses: too many calls',
    expect: 'The page says that Huawei Cloud is busy, and nothing is sent again by itself.',
    behaviour: { api: 'throttled' },
  },
} as const satisfies Record<string, Scenario>

/** A name of the table. */
export type ScenarioName = keyof typeof SCENARIOS

/** Every name, in the order of the table. */
// The cast names what Object.keys cannot know; zod wants a list that is not empty.
export const SCENARIO_NAMES = Object.keys(SCENARIOS) as [ScenarioName, ...ScenarioName[]]

/** What the scenario of that name changes. */
export function behaviourOf(name: ScenarioName): Behaviour {
  return SCENARIOS[name].behaviour
}
