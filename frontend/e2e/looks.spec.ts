import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, fillInExpense, openTab } from './group'
import { openYou, signUp } from './people'
import { SIZES } from './sizes'

async function expectNoOverflow(page: Page): Promise<void> {
  const { wide, seen } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    seen: document.documentElement.clientWidth,
  }))
  expect(wide, `at ${page.url()}`).toBeLessThanOrEqual(seen)
}

test.describe('on a small phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true })

  test('nothing is wider than the screen', async ({ page }) => {
    await page.goto('/login')
    await expectNoOverflow(page)
    await signUp(page, 'Wilhelmina-Alexandra Featherstonehaugh')
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    await expectNoOverflow(page)
    await createGroup(page, 'A very long name for a weekend among old friends', ['Bartholomew'])
    await addExpense(
      page,
      'A description that is quite a bit longer than the screen is wide',
      '123456.78',
    )
    await expect(page.getByRole('link', { name: /A description/ })).toBeVisible()
    await page.getByLabel('What did you spend?').fill('An evening by the river 1234.56')
    await page.getByLabel('What did you spend?').press('Enter')
    await expect(page.getByRole('article')).toContainText('1,234.56')
    await expectNoOverflow(page)
    for (const tab of ['Balances', 'Insights', 'Expenses']) {
      await openTab(page, tab)
      await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
      await expectNoOverflow(page)
    }
    await page.getByRole('link', { name: 'Add expense' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Split equally' }).click()
    for (const mode of ['Exact', 'Percent', 'Shares', 'Adjust', 'Items']) {
      await page.getByRole('radio', { name: mode }).check()
      const fits = await dialog.evaluate((node) => node.scrollWidth <= node.clientWidth)
      expect(fits, mode).toBe(true)
    }
  })
})

test.describe('on a phone', () => {
  test.use({ ...SIZES.phone, reducedMotion: 'reduce' })

  test('the header of a group collapses into one line, and notices stand above the buttons', async ({
    page,
  }) => {
    await signUp(page, 'Ada')
    await createGroup(page, 'Lisbon', ['Ben'])
    for (let day = 1; day <= 12; day++) await addExpense(page, `Tram ${day}`, '10')
    await page.getByRole('link', { name: 'Tram 1', exact: false }).last().scrollIntoViewIfNeeded()
    const header = page.getByRole('main').getByRole('banner').or(page.locator('main header'))
    await expect(header).toContainText('+€60.00')
    await expect(header.getByRole('heading', { level: 1, name: 'Lisbon' })).toBeInViewport()
    const { y, height } = (await header.boundingBox())!
    expect(y).toBe(0)
    expect(height).toBeLessThanOrEqual(60)

    await fillInExpense(page, 'Taxi', '20')
    const notice = (await page.getByText('Expense added').boundingBox())!
    const bar = (await page.locator('[data-bottom-bar]').boundingBox())!
    expect(notice.y + notice.height).toBeLessThanOrEqual(bar.y)
  })
})

test.describe('on a very small phone', () => {
  test.use({ viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true })

  test('beside a long name, "you" is whole', async ({ page }) => {
    await signUp(page, 'Ada')
    await createGroup(page, 'Lisbon', ['Wilhelmina-Alexandra Featherstonehaugh'])
    await addExpense(page, 'Fuel', '100')
    await openTab(page, 'Balances')
    const plan = page.getByRole('region', { name: 'Settle up' })
    const name = plan.getByText('Wilhelmina-Alexandra Featherstonehaugh')
    const isCut = (node: Element) => node.scrollWidth > node.clientWidth
    expect(await name.evaluate(isCut)).toBe(true)
    expect(await plan.getByText('you', { exact: true }).evaluate(isCut)).toBe(false)
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`for everybody, in the ${colorScheme}`, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' })

    test('a group with drafts and advice is accessible', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Flat', ['Jonas'])
      for (const sentence of ['Pizza 42, Jonas paid', 'Pizza with Jonas']) {
        await page.getByLabel('What did you spend?').fill(sentence)
        await page.getByLabel('What did you spend?').press('Enter')
      }
      await expect(page.getByRole('button', { name: 'Add expense' })).toBeVisible()
      await expect(page.getByRole('list', { name: 'What is missing' })).toBeVisible()
      for (let times = 0; times < 2; times++) await addExpense(page, 'Lamp', '30')
      await expect(page.getByText('Looks like a duplicate')).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('link', { name: /Lamp/ }).first().click()
      await expect(page.getByRole('dialog', { name: 'Lamp' })).toBeVisible()
      await expectAccessible(page)
    })
  })
}

test.describe('in the dark', () => {
  test.use({ colorScheme: 'dark' })

  const background = (page: Page) =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

  test('the theme follows the device until one is chosen', async ({ page }) => {
    await signUp(page, 'Ada')
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
    const dark = await background(page)
    await openYou(page)
    await page.getByRole('radio', { name: 'Light' }).check()
    const light = await background(page)
    expect(light).not.toBe(dark)

    await page.reload()
    await expect(page.getByRole('heading', { name: 'You', exact: true })).toBeVisible()
    expect(await background(page)).toBe(light)
    await page.emulateMedia({ colorScheme: 'light' })
    await openYou(page)
    await page.getByRole('radio', { name: 'Dark' }).check()
    expect(await background(page)).toBe(dark)
  })
})
