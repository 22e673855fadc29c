import { expect, test, type Page } from '@playwright/test'
import { signIn } from '../e2e/api'
import {
  becomePayable,
  charge,
  DECLINED,
  dialog,
  SLOW,
  startToPay,
  VISITS_BANK,
} from '../e2e/cards'
import { owing } from '../e2e/group'
import { SIZES } from '../e2e/sizes'
import { pagesOf, settle, SIGNED_OUT } from './pages'
import { seed, type Seeded } from './seed'

const SCHEMES = ['light', 'dark'] as const

let seeded: Seeded

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL })
  seeded = await seed(request)
  await request.dispose()
})

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
        for (const name of SIGNED_OUT) {
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

      // Only with the stand-in for Stripe can cards be charged here.
      if (process.env.QUITS_HAS_STRIPE_DOUBLE) {
        test('by card', async ({ page, browser }) => {
          const ben = await owing(page, browser, { ...use, colorScheme })
          await becomePayable(page)
          await take(page, 'card-payable')
          await startToPay(ben, (name) => take(ben, `card-${name}`))
          await expect(dialog(ben).getByLabel('Card number')).toBeVisible()
          await take(ben, 'card-form')
          await charge(ben, DECLINED)
          await expect(dialog(ben).getByRole('alert')).toBeVisible()
          await take(ben, 'card-declined')
          await charge(ben, VISITS_BANK)
          await ben.getByRole('button', { name: 'Refuse' }).click()
          await ben.getByRole('dialog', { name: 'Pay by card' }).waitFor()
          await take(ben, 'card-failed')
          await ben.getByRole('button', { name: 'Close' }).last().click()
          await startToPay(ben)
          await charge(ben, SLOW)
          await expect(dialog(ben)).toContainText('Waiting for the bank…')
          await take(ben, 'card-waiting')
          await expect(dialog(ben).getByText('Paid', { exact: true })).toBeVisible()
          await take(ben, 'card-paid')
        })
      }
    })
  }
}
