import { expect, test, type Locator, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, openTab, ownBalance, together } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

// What a person takes for "at once"; far more than it needs.
const AT_ONCE_MS = 2_000

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel('What did you spend?').fill(text)
  await page.getByLabel('What did you spend?').press('Enter')
}

function card(page: Page, name: string | RegExp): Locator {
  return page.getByRole('article', { name })
}

test('a sentence becomes a draft, and the draft an expense that everybody sees', async ({
  page: ada,
  browser,
}) => {
  const ben = await together(ada, browser)
  await say(ada, 'Pizza 42, Ben paid')
  const draft = card(ada, 'Draft: Pizza')
  await expect(draft).toContainText('Ben paid')
  await expect(draft).toContainText('€42.00')
  const shares = draft.getByRole('list', { name: 'Shares' }).getByRole('listitem')
  await expect(shares).toHaveText([/You\s*€21.00/, /Ben\s*€21.00/])

  // Nothing has happened yet, and nobody else sees it.
  await expect(ownBalance(ada)).toContainText('quits')
  await expect(ben.getByRole('article')).toHaveCount(0)

  await draft.getByRole('button', { name: 'Add expense' }).click()
  await expect(draft).toBeHidden()
  await expect(ada.getByRole('region', { name: 'Drafts' })).toBeFocused()
  await expect(ada.getByRole('link', { name: /Pizza/ })).toContainText('Ben paid €42.00')
  await expect(ownBalance(ada)).toContainText('you owe €21.00')
  await expect(ownBalance(ben)).toContainText('you are owed €21.00', { timeout: AT_ONCE_MS })
  await expect(ben.getByRole('link', { name: /Pizza/ })).toBeVisible()
})

test('a draft is corrected before it counts', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Road trip', ['Jonas'])
  await say(page, 'Taxi 30, I paid')
  await card(page, 'Draft: Taxi').getByRole('link', { name: 'Edit' }).click()
  const form = page.getByRole('dialog', { name: 'Edit the draft' })
  await expect(form.getByLabel('Amount', { exact: true })).toHaveValue('30.00')
  await form.getByLabel('Amount', { exact: true }).fill('36')
  await form.getByRole('button', { name: /Notes/ }).click()
  await form.getByLabel('Notes').fill('with luggage')
  await form.getByRole('button', { name: 'Add expense' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByRole('article')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Drafts' })).toBeFocused()
  await expect(ownBalance(page)).toContainText('you are owed €18.00')
})

test('what a sentence leaves open is asked, and the draft waits over a reload', async ({
  page,
}) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Road trip', ['Jonas'])
  await say(page, 'Pizza with Jonas')
  const missing = page.getByRole('list', { name: 'What is missing' })
  await expect(missing.getByRole('listitem')).toHaveCount(1)
  await page.reload()
  await expect(missing.getByRole('listitem')).toHaveCount(1)

  await page.getByRole('article').getByRole('link', { name: 'Edit' }).click()
  const form = page.getByRole('dialog', { name: 'Edit the draft' })
  await form.getByLabel('Amount', { exact: true }).fill('25')
  await form.getByRole('button', { name: 'Add expense' }).click()
  await expect(form).toBeHidden()
  await expect(page.getByRole('article')).toHaveCount(0)
  await expect(ownBalance(page)).toContainText('you are owed €12.50')
})

test('a draft is said in other words, or dropped', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Road trip', ['Jonas'])
  const line = page.getByLabel('What did you spend?')
  await say(page, 'Pizza with Jonas')
  await page.getByRole('button', { name: 'Change the text' }).click()
  await expect(line).toHaveValue('Pizza with Jonas')
  await expect(line).toBeFocused()
  await expect(page.getByRole('article')).toHaveCount(0)

  await say(page, 'Pizza 20 with Jonas')
  await page.getByRole('article').getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByRole('article')).toHaveCount(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(line).toHaveValue('Pizza 20 with Jonas')
  await expect(ownBalance(page)).toContainText('quits')
})

const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

test('a receipt that nobody can read is refused with a plain sentence', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Road trip', ['Jonas'])
  const section = page.getByRole('region', { name: 'Drafts' })
  const button = section.getByRole('button', { name: 'Add a receipt' })
  const chooser = page.waitForEvent('filechooser')
  await button.click()
  const buffer = Buffer.from(PIXEL, 'base64')
  await (await chooser).setFiles({ name: 'receipt.png', mimeType: 'image/png', buffer })
  await expect(section.getByRole('status')).not.toBeEmpty()
  await expect(button).toBeHidden()
  await page.reload()
  await expect(page.getByLabel('What did you spend?')).toBeVisible()
  await expect(button).toBeHidden()
})

test('advice appears by itself, is applied and taken back', async ({ page: ada, browser }) => {
  const ben = await together(ada, browser)
  await addExpense(ada, 'Pizza', '36', 'other')
  const chip = (page: Page) => page.getByRole('group', { name: 'Advice for Pizza' })
  const row = ada.getByRole('link', { name: /Pizza/ })
  await row.click()
  const shown = ada.getByRole('dialog', { name: 'Pizza' })
  await expect(chip(ada)).toContainText('Eating out?', { timeout: AT_ONCE_MS })
  await ben.getByRole('link', { name: /Pizza/ }).click()
  await expect(chip(ben)).toContainText('Eating out?')

  await chip(ada).getByRole('button', { name: 'Apply' }).click()
  await expect(chip(ada)).toBeHidden()
  await expect(chip(ben)).toBeHidden()
  await expect(shown).toContainText('Eating out · Split equally')
  await shown.getByRole('button', { name: 'Close' }).click()
  await ada.getByRole('button', { name: 'Undo' }).click()
  await expect(ada.getByText('The change is taken back')).toBeVisible()
  await row.click()
  await expect(shown).toContainText('Other · Split equally')
})

test('dismissed advice stays away', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Jonas'])
  for (let times = 0; times < 2; times++) await addExpense(page, 'Pizza', '36')
  const chip = page.getByRole('group', { name: 'Advice for Pizza' })
  await chip.getByRole('button', { name: 'Dismiss' }).click()
  await expect(chip).toBeHidden()
  await expect(page.getByRole('link', { name: /Pizza/ }).first()).toBeFocused()
  await page.reload()
  await expect(page.getByRole('link', { name: /Pizza/ })).toHaveCount(2)
  await expect(chip).toBeHidden()
})

test('what was added twice is deleted, and brought back', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Jonas'])
  for (let times = 0; times < 2; times++) await addExpense(page, 'Lamp', '30', 'other')
  await expect(ownBalance(page)).toContainText('you are owed €30.00')
  const chip = page
    .getByRole('group', { name: 'Advice for Lamp' })
    .filter({ hasText: 'Looks like a duplicate of “Lamp”' })
  await chip.getByRole('button', { name: 'Delete this one' }).click()
  await expect(ownBalance(page)).toContainText('you are owed €15.00')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(ownBalance(page)).toContainText('you are owed €30.00')
})

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a sentence about a payment becomes one, ready to be recorded', async ({
      page: ada,
      browser,
    }) => {
      const ben = await together(ada, browser)
      await addExpense(ben, 'Pizza', '40')
      await expect(ownBalance(ada)).toContainText('you owe €20.00')
      await say(ada, 'I gave Ben 20 euros')
      const draft = ada.getByRole('article')
      await expect(draft).toContainText('You gave Ben')
      await expect(draft).toContainText('€20.00')
      await expectAccessible(ada)
      await draft.getByRole('button', { name: 'Record payment' }).click()
      await expect(draft).toBeHidden()
      await expect(ownBalance(ada)).toContainText('quits')
      await expect(ownBalance(ben)).toContainText('quits', { timeout: AT_ONCE_MS })
      await openTab(ada, 'Balances')
      await expect(ada.getByRole('region', { name: 'Payments' })).toContainText('You paid Ben')
    })
  })
}
