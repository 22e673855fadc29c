import { test } from '@playwright/test'
import { pagesOf, settle, SIGNED_OUT } from '../screenshots/pages'
import { seed, type Seeded } from '../screenshots/seed'
import { signIn } from './api'
import { expectAccessible } from './axe'
import { SIZES } from './sizes'
import { expectTouchable } from './targets'

let seeded: Seeded

test.beforeAll(async ({ playwright, baseURL }) => {
  const request = await playwright.request.newContext({ ...(baseURL && { baseURL }) })
  seeded = await seed(request)
  await request.dispose()
})

for (const [size, use] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`on a ${size}, in the ${colorScheme}`, () => {
      test.use({ ...use, colorScheme, reducedMotion: 'reduce' })

      test('every page and dialog is accessible', async ({ page }) => {
        test.setTimeout(360_000)
        for (const path of SIGNED_OUT) {
          await page.goto(`/${path}`)
          await settle(page)
          await expectAccessible(page)
        }
        await signIn(page, seeded.tokens)
        for (const path of Object.values(pagesOf(seeded))) {
          await page.goto(path)
          if (path.includes('dialog=')) await page.getByRole('dialog').waitFor()
          await settle(page)
          await expectAccessible(page)
          if (size === 'phone' && colorScheme === 'light') await expectTouchable(page)
        }
      })
    })
  }
}
