import { test, type Page } from '@playwright/test'
import { signIn } from '../e2e/api'
import { SIZES } from '../e2e/sizes'
import { seed, type Seeded } from './seed'

const SCHEMES = ['light', 'dark'] as const

/** Every page, by the name of its picture. */
const pagesOf = ({ groupId, paymentId, memberId }: Seeded): Record<string, string> => ({
  home: '/',
  people: '/people',
  activity: '/activity',
  notifications: '/notifications',
  insights: '/insights',
  you: '/settings',
  profile: '/settings/profile',
  email: '/settings/email',
  password: '/settings/password',
  devices: '/settings/devices',
  'delete-account': '/settings/delete',
  'notification-settings': '/settings/notifications',
  'pay-handles': '/settings/pay-handles',
  blocked: '/settings/blocked',
  expenses: '/expenses',
  payments: '/payments',
  add: '/?dialog=add',
  'new-group': '/?dialog=group',
  import: '/?dialog=import',
  friend: '/people?dialog=friend',
  group: `/groups/${groupId}`,
  'group-balances': `/groups/${groupId}/balances`,
  'group-insights': `/groups/${groupId}/insights`,
  'group-activity': `/groups/${groupId}/activity`,
  'group-settings': `/groups/${groupId}/settings`,
  'expense-new': `/groups/${groupId}?dialog=expense`,
  'payment-new': `/groups/${groupId}?dialog=payment`,
  invite: `/groups/${groupId}?dialog=invite`,
  payment: `/groups/${groupId}/balances?dialog=paid&payment=${paymentId}`,
  why: `/groups/${groupId}/balances?dialog=why&member=${memberId}&currency=EUR`,
  'add-friend': `/groups/${groupId}/settings?dialog=add-friend`,
  guest: `/groups/${groupId}?dialog=guest`,
  'no-group': '/groups/unknown',
  'not-found': '/nowhere',
})

let seeded: Seeded

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL })
  seeded = await seed(request)
  await request.dispose()
})

/** Waits until nothing is loading any more and the fonts are there. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('main, dialog') &&
      !document.querySelector('[role="status"][aria-label], .animate-breathe'),
  )
  await page.evaluate(() => document.fonts.ready)
}

for (const [size, use] of Object.entries(SIZES)) {
  for (const colorScheme of SCHEMES) {
    test.describe(`${size} ${colorScheme}`, () => {
      test.use({ ...use, colorScheme })
      const take = async (page: Page, name: string) => {
        if (page.url().includes('dialog=')) await page.getByRole('dialog').waitFor()
        await settle(page)
        await page.screenshot({ path: `screenshots/out/${name}-${size}-${colorScheme}.png` })
      }

      test('signed out', async ({ page }) => {
        for (const name of ['login', 'register', 'forgot', 'reset', 'confirm', 'join']) {
          await page.goto(`/${name}`)
          await take(page, name)
        }
      })

      test('signed in', async ({ page }) => {
        await signIn(page, seeded.tokens)
        for (const [name, path] of Object.entries(pagesOf(seeded))) {
          await page.goto(path)
          await take(page, name)
        }
        await page.goto('/people')
        await page.getByRole('main').getByRole('listitem').getByRole('link').first().click()
        await take(page, 'person')
        await page.goto(`/groups/${seeded.groupId}`)
        await page.getByRole('link', { name: /Dinner by the river/ }).click()
        await take(page, 'expense')
        await page.goto(`/groups/${seeded.groupId}`)
        await settle(page)
        await page.mouse.wheel(0, 400)
        await page.waitForFunction(() => window.scrollY > 100)
        await take(page, 'group-scrolled')
      })
    })
  }
}
