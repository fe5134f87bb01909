// Certificates that end, ours and theirs: a log line a day while one is near, a metric with the days left,
// and the detail of /health/ready. Uploads are made by hand, by somebody who must first be found.

import { Gauge, type Registry } from 'prom-client'
import { addDays, type Clock } from './base/clock.ts'
import type { Log } from './base/log.ts'
import { type CertificateEnd, findNearEnds, listCertificateEnds } from './saml/certificate-ends.ts'
import type { Keyring } from './saml/keyring.ts'
import type { Parties } from './saml/relying-party.ts'

export type CertificatesDeps = {
  readonly keyring: Keyring
  readonly parties: Parties
  readonly clock: Clock
  readonly log: Log
  /** Gets `certificate_days_left`. */
  readonly registry: Registry
}

/** The watch over certificates. */
export type Certificates = {
  /** Those that end within 60 days or have ended, nearest first. */
  readonly listNear: () => readonly CertificateEnd[]
  /** Writes them to the log, once a day however often it is asked. */
  readonly remind: () => void
}

/** Starts the watch; it has no timer of its own. */
export function createCertificates(deps: CertificatesDeps): Certificates {
  const { keyring, parties, clock, log, registry } = deps
  const list = () => listCertificateEnds(keyring.current(), parties.all(), clock.now())
  const listNear = () => findNearEnds(list())
  registerDaysLeft(registry, list)
  let nextReminder = clock.now()
  return {
    listNear,
    remind: () => {
      const now = clock.now()
      if (now < nextReminder) return
      nextReminder = addDays(now, 1)
      for (const each of listNear()) log.warn({ event: 'certificate.ends', ...each })
    },
  }
}

function registerDaysLeft(registry: Registry, list: () => readonly CertificateEnd[]): void {
  new Gauge({
    name: 'certificate_days_left',
    help: 'Whole days until a certificate ends, ours or a site’s; negative once it has.',
    labelNames: ['whose', 'use'],
    registers: [registry],
    collect() {
      this.reset() // A key that is gone must not go on warning.
      for (const { whose, use, daysLeft } of list()) this.set({ whose, use }, daysLeft)
    },
  })
}
