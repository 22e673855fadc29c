import { expect, test, type Locator, type Page } from '@playwright/test'
import { createGroup, ownBalance } from './group'
import { signUp } from './people'

test.use({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true })

/** Taps like a finger: only on what is in sight without scrolling, and counted. */
class Finger {
  taps = 0
  private readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async tap(target: Locator): Promise<void> {
    await expect(target).toBeInViewport({ ratio: 0.9 })
    await target.tap()
    this.taps += 1
  }

  /** Types into whatever has the focus, once something to type into has it. */
  async type(text: string): Promise<void> {
    const field = this.page.locator('textarea:focus, input:focus:not([type=radio])')
    await expect(field).toBeVisible()
    await this.page.keyboard.type(text)
  }
}

async function groupOfThree(page: Page): Promise<Finger> {
  await signUp(page, 'Ada')
  await createGroup(page, 'Lisbon', ['Ben', 'Cleo'])
  return new Finger(page)
}

const addButton = (page: Page) => page.getByRole('link', { name: 'Add expense' }).last()
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Add an expense' })
const amountOf = (page: Page) => dialogOf(page).getByLabel('Amount', { exact: true })
const saveButton = (page: Page) => dialogOf(page).getByRole('button', { name: 'Add expense' })

async function expectSaved(page: Page, balance: string): Promise<void> {
  await expect(dialogOf(page)).toBeHidden()
  await expect(ownBalance(page)).toContainText(balance)
}

test('an equal expense takes three taps', async ({ page }) => {
  const finger = await groupOfThree(page)
  await finger.tap(addButton(page))
  await finger.type('Dinner')
  await finger.tap(amountOf(page))
  await finger.type('30')
  await finger.tap(saveButton(page))
  await expectSaved(page, 'you are owed €20.00')
  expect(finger.taps).toBe(3)
})

test('exact shares for three take six taps: they make the total', async ({ page }) => {
  const finger = await groupOfThree(page)
  const dialog = dialogOf(page)
  await finger.tap(addButton(page))
  await finger.type('Dinner')
  await finger.tap(dialog.getByRole('button', { name: 'Split equally' }))
  await finger.tap(dialog.getByRole('radio', { name: 'Exact' }))
  await finger.type('10')
  await finger.tap(dialog.getByLabel('Ben: share'))
  await finger.type('12.50')
  await finger.tap(dialog.getByLabel('Cleo: share'))
  await finger.type('7.50')
  await expect(amountOf(page)).toHaveAttribute('placeholder', '30.00')
  await finger.tap(saveButton(page))
  await expectSaved(page, 'you are owed €20.00')
  expect(finger.taps).toBe(6)
})

test('two items and a tip take at most eleven taps', async ({ page }) => {
  const finger = await groupOfThree(page)
  const dialog = dialogOf(page)
  const had = (item: number, name: string) =>
    dialog.getByRole('group', { name: `Who had item ${item}` }).getByText(name)
  await finger.tap(addButton(page))
  await finger.type('Dinner')
  await finger.tap(dialog.getByRole('button', { name: 'Split equally' }))
  await finger.tap(dialog.getByRole('radio', { name: 'Items' }))
  await finger.type('Fish')
  await finger.tap(dialog.getByLabel('Item 1: amount'))
  await finger.type('15')
  await finger.tap(had(1, 'Cleo'))
  await finger.tap(dialog.getByRole('button', { name: 'Add item' }))
  await finger.type('Soup')
  await page.keyboard.press('Enter')
  await finger.type('9')
  await dialog.getByLabel('Tip').scrollIntoViewIfNeeded()
  await finger.tap(dialog.getByLabel('Tip'))
  await finger.type('2.40')
  await expect(amountOf(page)).toHaveAttribute('placeholder', '26.40')
  await finger.tap(saveButton(page))
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('link', { name: /Dinner/ })).toContainText('€26.40')
  expect(finger.taps).toBeLessThanOrEqual(11)
})

test('a sentence takes three taps', async ({ page }) => {
  const finger = await groupOfThree(page)
  await finger.tap(page.getByLabel('What did you spend?'))
  await finger.type('Pizza 42')
  await finger.tap(page.getByRole('button', { name: 'Send' }))
  await finger.tap(page.getByRole('article').getByRole('button', { name: 'Add expense' }))
  await expect(ownBalance(page)).toContainText('you are owed €28.00')
  expect(finger.taps).toBe(3)
})
