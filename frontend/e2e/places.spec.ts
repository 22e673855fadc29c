import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, openTab } from './group'
import { openYou, signUp } from './people'
import { SIZES } from './sizes'

// The feed and the reports follow events, and are asked for again after ten seconds.
const CAUGHT_UP = { timeout: 25_000 }

const main = (page: Page) => page.getByRole('navigation', { name: 'Main' })

async function open(page: Page, place: string, heading = place): Promise<void> {
  await main(page).getByRole('link', { name: place }).click()
  await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
}

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('every place is one tap away, and shows what is known', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Trip', ['Ben'])
      await addExpense(page, 'Fuel', '100')
      await page.goto('/')
      await expect(page.getByRole('region', { name: 'Overall' })).toContainText(
        'you are owed €50.00',
      )
      await expectAccessible(page)
      await open(page, 'People')
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Ben' })).toBeVisible()
      await expect(page.getByRole('link', { name: 'Settle up' })).toBeVisible()
      await expectAccessible(page)
      await open(page, 'Activity')
      const feed = page.getByRole('region', { name: 'Activity' })
      await expect(feed).toContainText('Fuel', CAUGHT_UP)
      await expectAccessible(page)
      await feed.getByRole('link', { name: /Fuel.*You · added · Trip/ }).click()
      await expect(page.getByRole('dialog', { name: 'Fuel' })).toBeVisible()
      await page.goto('/activity')
      await openYou(page)
      await expect(page.getByRole('heading', { level: 1, name: 'You' })).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('main').getByRole('link', { name: 'Insights' }).click()
      await expect(page.getByRole('region', { name: 'Spending in EUR' })).toContainText(
        '€50.00',
        CAUGHT_UP,
      )
      await expectAccessible(page)
      expect(await overflow(page)).toBeLessThanOrEqual(0)
    })

    test('the code of a page that cannot be had is explained in its place, and comes on request', async ({
      page,
    }) => {
      await signUp(page, 'Ada')
      const insights = /InsightsPlace/
      await page.route(insights, (route) => route.abort())
      await page.goto('/insights')
      await expect(page.getByRole('alert')).toContainText('This page could not be loaded')
      await expectAccessible(page)
      await main(page).getByRole('link', { name: 'Home' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
      await page.goBack()
      await expect(page.getByRole('alert')).toContainText('This page could not be loaded')
      await page.unroute(insights)
      await page.getByRole('button', { name: 'Try again' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Insights' })).toBeVisible()
    })
  })
}

test('a sentence can be added from anywhere, in the group that was looked at last', async ({
  page,
}) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Ben'])
  await page.goto('/')
  await createGroup(page, 'Trip', ['Mia'])
  await page.goto('/people')
  await expect(page.getByRole('heading', { level: 1, name: 'People' })).toBeVisible()
  await page.keyboard.press('n')
  const dialog = page.getByRole('dialog', { name: 'Add an expense' })
  await expect(dialog.getByLabel('With')).toHaveValue(/./)
  await expect(dialog.getByRole('option', { selected: true })).toHaveText('Trip')
  await dialog.getByLabel('What did you spend?').fill('Pizza 42, Mia paid')
  await dialog.getByLabel('What did you spend?').press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Trip' })).toBeVisible()
  await expect(page.getByRole('article')).toContainText('Pizza')
})

test.describe('on a very small phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true })

  test('the buttons of a group are whole, and a report is no wider than the screen', async ({
    page,
  }) => {
    await signUp(page, 'Ada')
    await createGroup(page, 'Trip', ['Ben'])
    for (const name of ['Settle up', 'Add expense']) {
      const whole = await page
        .getByRole('main')
        .getByRole('link', { name })
        .evaluate((link) => link.scrollWidth <= link.clientWidth)
      expect(whole, name).toBe(true)
    }
    await addExpense(page, 'Fuel', '100')
    await openTab(page, 'Insights')
    await expect(page.getByRole('region', { name: 'Spending in EUR' })).toBeVisible(CAUGHT_UP)
    expect(await overflow(page)).toBeLessThanOrEqual(0)
  })
})

test('signed-out pages stand in the middle of a wide screen', async ({ page }) => {
  for (const path of ['/login', '/signup', '/forgot', '/reset#token=x', '/join#unknown']) {
    await page.goto(path)
    const box = await page.getByRole('main').boundingBox()
    const { width = 0 } = page.viewportSize() ?? {}
    expect(Math.abs((box?.x ?? 0) * 2 + (box?.width ?? 0) - width), path).toBeLessThan(20)
  }
})

test('the old address of the registration leads to it', async ({ page }) => {
  await page.goto('/signup')
  await expect(page).toHaveURL(/\/register$/)
  await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible()
})
