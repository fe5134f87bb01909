// What a request demands of a sign-in (SAML Core §3.3.2.2.1). It stands here because the protocol reads
// it and the store keeps it until the person is there.

/** How the classes are to be compared; `exact` unless the request says otherwise. */
export const COMPARISONS = ['exact', 'minimum', 'better', 'maximum'] as const

export type Comparison = (typeof COMPARISONS)[number]

/** The AuthnContext classes that a request would take. */
export type WantedContext = {
  readonly comparison: Comparison
  /** Most wanted first. A declaration is listed by its element's name, which is no class. */
  readonly classes: readonly string[]
}
