import { expect, test, type Page } from '@playwright/test'
import { Api, registered, signIn, type Tokens } from './api'
import { expectAccessible } from './axe'
import { openTab } from './group'
import { somebody } from './people'
import { SIZES } from './sizes'

const GUESTS = Array.from({ length: 59 }, (_, index) => `Guest ${index + 1}`)
const EXPENSES = 300
// A screen holds about ten rows.
const MOST_IN_DOCUMENT = 60
const IMPORT = `mutation ($input: ImportInput!) { importLedger(input: $input) { group { id } } }`

// A large group takes its time on a busy machine; its report follows events, and is asked for again after ten seconds.
const CAUGHT_UP = { timeout: 60_000 }

const dayAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)

/** A year in which Ada paid for everybody, again and again; no two rounds in a row look alike. */
function ledger(): string {
  const lines = Array.from({ length: EXPENSES }, (_, index) => {
    const day = dayAgo(Math.floor((index * 350) / EXPENSES))
    const each = (index % 30) + 1
    const shares = [59 * each, ...GUESTS.map(() => -each)]
    return [day, `Round ${index + 1}`, 'General', 60 * each, 'EUR', ...shares].join(',')
  })
  const head = ['Date', 'Description', 'Category', 'Cost', 'Currency', 'Ada', ...GUESTS].join(',')
  return [head, '', ...lines].join('\n')
}

let tokens: Tokens
let group: string

test.beforeAll(async ({ playwright, baseURL }) => {
  test.setTimeout(180_000)
  const request = await playwright.request.newContext({ ...(baseURL && { baseURL }) })
  tokens = await registered(request, somebody('Ada'))
  const api = new Api(request, tokens.accessToken)
  const file = { format: 'SPLITWISE_CSV', content: ledger(), groupName: 'Club' }
  const input = { ...file, idempotencyKey: crypto.randomUUID() }
  // A long import outlives its request: sent again, it answers once it is complete.
  await expect(async () => {
    const { importLedger } = await api.call<{ importLedger: { group: { id: string } } }>(IMPORT, {
      input,
    })
    group = `/groups/${importLedger.group.id}`
  }).toPass({ timeout: 150_000 })
  await request.dispose()
})

const rowsOf = (page: Page) => page.locator('main li a[href*="dialog=show"]', { hasText: 'Round' })

/** Scrolls by less than what the list keeps around the screen, and lets the page draw it. */
const scrollOn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.scrollBy(0, window.innerHeight / 2)
        requestAnimationFrame(() => {
          requestAnimationFrame(() => {
            resolve()
          })
        })
      }),
  )

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('of sixty people some are chosen, with the button in sight', async ({ page }) => {
      await signIn(page, tokens)
      await page.goto(`${group}?dialog=expense`)
      const dialog = page.getByRole('dialog', { name: 'Add an expense' })
      const save = dialog.getByRole('button', { name: 'Add expense' })
      await dialog.getByLabel('What was it for?').fill('Cake')
      await dialog.getByLabel('Amount', { exact: true }).fill('30')
      await dialog.getByRole('button', { name: 'Split equally' }).click()
      await expect(dialog.getByText('60 people')).toBeVisible()
      await expect(save).toBeInViewport({ ratio: 1 })

      await dialog.getByRole('button', { name: 'None' }).click()
      await expect(dialog.getByText('0 people')).toBeVisible()
      for (const name of ['Guest 7', 'Guest 42']) {
        await dialog.getByLabel('Find a member').fill(name)
        await dialog.getByRole('checkbox', { name, exact: true }).check()
      }
      await dialog.getByLabel('Find a member').fill('')
      await expect(dialog.getByText('2 people')).toBeVisible()
      await expectAccessible(page, '[role="dialog"]')
      await dialog.getByRole('button', { name: 'All', exact: true }).click()
      await expect(dialog.getByText('60 people')).toBeVisible()
      await dialog.getByRole('listitem').last().scrollIntoViewIfNeeded()
      await expect(save).toBeInViewport({ ratio: 1 })
    })

    test('three hundred expenses arrive while one scrolls, and few of them are in the document', async ({
      page,
    }) => {
      test.slow()
      await signIn(page, tokens)
      await page.goto(group)
      const rows = rowsOf(page)
      await expect(rows.first()).toBeVisible(CAUGHT_UP)
      const seen = new Set<string>()
      // Screen by screen: none is left out, and no more is kept than what is around.
      await expect(async () => {
        const names = await rows.evaluateAll((nodes) =>
          nodes.map((node) => /Round \d+/.exec(node.textContent)?.[0] ?? ''),
        )
        expect(names.length).toBeLessThan(MOST_IN_DOCUMENT)
        for (const name of names) seen.add(name)
        await scrollOn(page)
        expect(seen.size).toBe(EXPENSES)
      }).toPass({ timeout: 90_000, intervals: [50] })
      await expect(rows.last()).toContainText('Round 300')
      await rows.last().scrollIntoViewIfNeeded()
      await expect(rows.last()).toBeInViewport()
      await expectAccessible(page)
      await page.emulateMedia({ media: 'print' })
      await expect(rows).toHaveCount(EXPENSES)
    })

    test('of a long list a row opens from its link, by search, and is there again on the way back', async ({
      page,
    }) => {
      test.slow()
      await signIn(page, tokens)
      await page.goto(group)
      const rows = rowsOf(page)
      await expect(rows.first()).toBeVisible(CAUGHT_UP)
      const far = rows.filter({ hasText: /Round 120(?!\d)/ })
      await expect(async () => {
        if ((await far.count()) === 0) await scrollOn(page)
        expect(await far.count()).toBe(1)
      }).toPass({ timeout: 90_000, intervals: [50] })
      await far.scrollIntoViewIfNeeded()
      const path = await far.getAttribute('href')
      const position = await page.evaluate(() => window.scrollY)

      // The line that stays on the screen: to get at the tabs one would scroll.
      await page.getByRole('heading', { level: 1 }).getByRole('link').click()
      await expect(page.getByRole('list', { name: 'Members' })).toBeVisible()
      await page.goBack()
      await expect(far).toBeInViewport()
      expect(Math.abs((await page.evaluate(() => window.scrollY)) - position)).toBeLessThan(2)
      expect(await rows.count()).toBeLessThan(MOST_IN_DOCUMENT)
      await far.focus()
      await page.keyboard.press('Enter')
      const shown = page.getByRole('dialog', { name: 'Round 120' })
      await expect(shown.getByRole('region', { name: 'Paid by' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(far).toBeFocused()

      await page.goto(path ?? '')
      await expect(shown.getByRole('region', { name: 'Paid by' })).toBeVisible(CAUGHT_UP)
      await page.keyboard.press('Escape')
      await expect(shown).toBeHidden()
      await page.keyboard.press('/')
      await page.getByRole('searchbox', { name: 'Search expenses' }).fill('Round 299')
      await expect(rows).toHaveText([/Round 299/])
    })

    test('a year of months is no wider than the screen', async ({ page }) => {
      await signIn(page, tokens)
      await page.goto(group)
      await openTab(page, 'Insights')
      await expect(page.getByRole('region', { name: 'Spending in EUR' })).toBeVisible(CAUGHT_UP)
      expect(await overflow(page)).toBeLessThanOrEqual(0)
      await expectAccessible(page)
    })
  })
}
