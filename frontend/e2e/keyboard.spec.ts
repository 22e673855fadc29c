import { expect, test, type Locator, type Page } from '@playwright/test'
import { addExpense, createGroup, ownBalance } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

const MOST_STEPS = 80

/** Goes on with Tab, or back, until something has the focus, which can be seen there. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press(key)
    const isThere = await target.evaluate((node) => node === document.activeElement)
    if (!isThere) continue
    await expect(target).toBeInViewport()
    expect(await target.evaluate((node) => node.matches(':focus-visible'))).toBe(true)
    return
  }
  throw new Error(`Tab does not lead to ${String(target)}`)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('an expense is entered, looked at and settled without a mouse or a finger', async ({
      page,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await addExpense(page, 'Dinner', '10')
      const main = page.getByRole('main')

      await tabTo(page, main.getByRole('link', { name: 'Add expense' }))
      await page.keyboard.press('Enter')
      const add = page.getByRole('dialog', { name: 'Add an expense' })
      await expect(add.getByLabel('What was it for?')).toBeFocused()
      await page.keyboard.type('Museum')
      await tabTo(page, add.getByLabel('Amount', { exact: true }))
      await page.keyboard.type('18')
      await tabTo(page, add.getByRole('button', { name: 'Split equally' }))
      await page.keyboard.press('Enter')
      await tabTo(page, add.getByRole('radio', { name: /^Equal/ }))
      await page.keyboard.press('ArrowRight')
      await expect(add.getByRole('radio', { name: 'Exact' })).toBeChecked()
      await tabTo(page, add.getByLabel('Ben: share'))
      await page.keyboard.type('18')
      await tabTo(page, add.getByRole('button', { name: 'Add expense' }))
      await page.keyboard.press('Enter')
      await expect(add).toBeHidden()
      await expect(ownBalance(page)).toContainText('you are owed €23.00')

      const museum = main.getByRole('link', { name: /Museum/ })
      await tabTo(page, museum)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('dialog', { name: 'Museum' })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
      await expect(museum).toBeFocused()

      await tabTo(page, main.getByRole('link', { name: 'Settle up' }), 'Shift+Tab')
      await page.keyboard.press('Enter')
      const record = page.getByRole('dialog', { name: 'Record a payment' })
      await expect(record.getByLabel('Amount', { exact: true })).toHaveValue('23.00')
      await tabTo(page, record.getByRole('button', { name: 'Record payment' }))
      await page.keyboard.press('Enter')
      await expect(record).toBeHidden()
      await expect(ownBalance(page)).toContainText('quits')
    })
  })
}
