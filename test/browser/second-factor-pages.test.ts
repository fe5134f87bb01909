// The pages of second factors, each in every width, colour and language.

import type { FactorOwner } from '../../src/store/factor-records.ts'
import type { Language } from '../../src/web/language.ts'
import { fillSignIn } from './clicks.ts'
import { enter, type PageRow, type Stage, testPages } from './page-rows.ts'

const ALL: readonly Language[] = ['zh', 'de', 'es', 'fr']

function ownerOf({ person }: Stage): FactorOwner {
  return { role: 'customer', id: person.accountId }
}

async function addPasskey(stage: Stage, name: string): Promise<void> {
  const { store, clock } = stage.house
  const now = clock.now()
  await store.factors.addPasskey({
    credentialId: Buffer.from(`${stage.person.accountId} ${name}`).toString('base64url'),
    owner: ownerOf(stage),
    publicKey: 'key',
    counter: 0,
    transports: ['internal'],
    name,
    addedAt: now,
    usedAt: name === 'phone' ? now : undefined,
  })
}

/** Everything at once: an app, two passkeys, recovery codes. */
async function setUp(stage: Stage): Promise<void> {
  const { store, clock } = stage.house
  const totp = { sealedSecret: 'sealed', lastStep: 0, addedAt: clock.now() }
  await store.factors.addTotp(ownerOf(stage), totp)
  await addPasskey(stage, 'office laptop')
  await addPasskey(stage, 'phone')
  await store.factors.setRecoveryCodes(ownerOf(stage), ['one', 'two'])
}

const ROWS: readonly PageRow[] = [
  {
    id: 'second-step',
    title: 'the step after the password',
    arrive: async (stage) => {
      const { page, house, person } = stage
      await setUp(stage)
      await page.goto(`${house.url}/sign-in`)
      await fillSignIn(page, person)
      await page.getByRole('button', { name: 'Use a passkey' }).waitFor()
    },
  },
  {
    id: 'passkey-sign-in',
    title: 'the sign-in by passkey',
    arrive: ({ page, house }) => page.goto(`${house.url}/sign-in/passkey`),
  },
  {
    id: 'security-empty',
    title: 'the page of somebody without a second factor',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/security`)
    },
  },
  {
    id: 'security-full',
    title: 'the page of somebody with several factors',
    arrive: async (stage) => {
      await enter(stage)
      await setUp(stage)
      await stage.page.goto(`${stage.house.url}/security`)
    },
  },
  {
    id: 'add-app',
    title: 'the page that sets up an app',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/security/totp`)
    },
  },
  {
    id: 'add-passkey',
    title: 'the page that adds a passkey',
    arrive: async (stage) => {
      await enter(stage)
      await stage.page.goto(`${stage.house.url}/security/passkey`)
    },
  },
  {
    id: 'recovery-codes',
    title: 'the recovery codes',
    isOnce: true,
    arrive: async (stage) => {
      await enter(stage)
      await setUp(stage)
      await stage.page.goto(`${stage.house.url}/security`)
      await stage.page.getByRole('button', { name: 'Make new recovery codes' }).click()
      await stage.page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    },
  },
]

testPages('the pages of second factors', ROWS, { languages: ALL })

testPages(
  'where a second factor is required',
  [
    {
      id: 'add-first',
      title: 'the page that asks for a first factor',
      arrive: async ({ page, house, person }) => {
        await page.goto(`${house.url}/sign-in`)
        await fillSignIn(page, person)
        await page.getByRole('heading', { name: 'Protect your account' }).waitFor()
      },
    },
  ],
  { languages: ALL, environment: { SECOND_FACTOR: 'required' } },
)
