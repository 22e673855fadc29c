import { readFile } from 'node:fs/promises'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, groupPath } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

// Reports follow events, and are asked for again after ten seconds.
const CAUGHT_UP = { timeout: 25_000 }

// The text on a dark and on a light page.
const LIGHT_INK = 'rgb(242, 239, 246)'
const DARK_INK = 'rgb(28, 23, 34)'

/** Clicks what saves a file, and reads the file. */
async function download(page: Page, button: string): Promise<{ name: string; content: Buffer }> {
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: button }).click()
  const file = await saved
  return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
}

/** Spends on transport and on eating out, and opens the group's report of it. */
async function openReport(page: Page): Promise<Locator> {
  await signUp(page, 'Ada')
  await createGroup(page, 'Trip', ['Ben'])
  await addExpense(page, 'Fuel', '100')
  await addExpense(page, 'Pizza', '30')
  await page.goto(`${groupPath(page)}/insights`)
  const report = page.getByRole('region', { name: 'Spending in EUR' })
  await expect(report).toContainText('€130.00', CAUGHT_UP)
  return report
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a mark of a chart opens the expenses behind it', async ({ page }) => {
      const report = await openReport(page)
      await expectAccessible(page)

      await report.getByRole('link', { name: /^Eating out/ }).focus()
      await page.keyboard.press('Enter')
      const list = page.getByRole('main')
      await expect(list.getByRole('link', { name: /Pizza/ })).toBeVisible()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeHidden()
      await expect(page).toHaveURL(/\?category=dining$/)
      await expectAccessible(page)

      // An expense opens over the narrowed list, which is there again after it.
      await list.getByRole('link', { name: /Pizza/ }).click()
      await expect(page.getByRole('dialog', { name: 'Pizza' })).toBeVisible()
      await page.goBack()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeHidden()
      await page.getByRole('button', { name: 'Remove the filter Eating out' }).click()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeVisible()
    })

    test('a part of a column is reached by keyboard, and opens its expenses', async ({ page }) => {
      const report = await openReport(page)
      await report.getByRole('link', { name: /: €130\.00$/ }).focus()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('ArrowUp')
      await expect(page.getByRole('tooltip')).toHaveText(/Eating out €30\.00$/)
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(/\?category=dining&from=\d{4}-\d{2}-01&to=/)
      const list = page.getByRole('main')
      await expect(list.getByRole('link', { name: /Pizza/ })).toBeVisible()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeHidden()

      await page.goBack()
      await report.getByRole('link', { name: /, Transport: €100\.00$/ }).click()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeVisible()
      await expect(list.getByRole('link', { name: /Pizza/ })).toBeHidden()
    })

    test('a report is printed dark on white, also by who looks at it in the dark', async ({
      page,
    }) => {
      const report = await openReport(page)
      const numbers = report.getByRole('table', { name: 'Spending by month' }).locator('..')
      await expect(numbers).toHaveCSS('position', 'absolute')
      await page.evaluate(() => {
        document.documentElement.dataset['theme'] = 'dark'
      })
      await expect(report).toHaveCSS('color', LIGHT_INK)
      await page.emulateMedia({ media: 'print' })
      await expect(report).toHaveCSS('color', DARK_INK)
      await expect(page.getByRole('navigation')).toHaveCount(0)
      // Paper has the numbers beside the pictures.
      await expect(numbers).toHaveCSS('position', 'static')
    })

    test('a report is shown by month and week, and taken along', async ({ page }) => {
      const report = await openReport(page)
      const months = report.getByRole('table', { name: 'Spending by month' }).getByRole('row')
      await expect(months).toHaveText([/Month.*Transport.*Eating out/, /€130\.00€100\.00€30\.00/])
      await report.getByRole('button', { name: 'As a table' }).click()
      await expect(months.getByRole('link')).toHaveCount(1)
      await expectAccessible(page)
      await report.getByRole('radio', { name: 'Weeks' }).check()
      const weeks = report.getByRole('table', { name: 'Spending by week' }).getByRole('row')
      await expect(weeks.last()).toContainText('€130.00')
      const tooWide = () => document.documentElement.scrollWidth - window.innerWidth
      expect(await page.evaluate(tooWide)).toBeLessThanOrEqual(0)
      await expectAccessible(page)

      const table = await download(page, 'Report as a table (CSV)')
      expect(table.name).toMatch(/\.csv$/)
      expect(table.content.toString()).toContain('130.00')
      const statement = await download(page, 'To print (PDF)')
      expect(statement.name).toMatch(/\.pdf$/)
      expect(statement.content.subarray(0, 5).toString()).toBe('%PDF-')

      await page.goto('/insights')
      await expect(report).toContainText('€65.00', CAUGHT_UP)
      await expect(months.first()).toHaveText(/Month.*Transport.*Eating out/)
      await report.getByRole('radio', { name: 'Weeks' }).check()
      await expect(weeks.last()).toContainText('€65.00')
      await expectAccessible(page)
      expect((await download(page, 'Report as a table (CSV)')).content.toString()).toContain(
        '65.00',
      )
    })
  })
}
