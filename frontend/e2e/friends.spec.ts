import { expect, test, type Browser, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { createGroup, ownBalance } from './group'
import { ownBrowser, signUp } from './people'
import { SIZES } from './sizes'

// A request, its answer and its end are pushed.
const AT_ONCE = { timeout: 5_000 }

const requests = (page: Page) => page.getByRole('list', { name: 'Requests' })

/** Ada, and Ben at a browser of his own, who are friends since Ada asked by mail. */
async function befriend(page: Page, browser: Browser): Promise<Page> {
  const ben = await ownBrowser(browser)
  const account = await signUp(ben, 'Ben')
  await ben.goto('/people')
  await signUp(page, 'Ada')
  await page.goto('/people')
  await page.getByRole('link', { name: 'Add a friend' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a friend' })
  await dialog.getByLabel('Email').fill(account.email)
  await expectAccessible(page, '[role="dialog"]')
  await dialog.getByRole('button', { name: 'Send request' }).click()
  await expect(dialog).toBeHidden()
  await expect(requests(page).getByRole('listitem')).toContainText('has not answered yet')

  await expect(requests(ben)).toContainText('Ada', AT_ONCE)
  await expectAccessible(ben)
  await requests(ben).getByRole('button', { name: 'Accept' }).click()
  await expect(requests(ben)).toBeHidden()
  await expect(requests(page)).toBeHidden(AT_ONCE)
  return ben
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('two become friends, spend together, and part', async ({ page, browser }) => {
      const ben = await befriend(page, browser)
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await expect(page.getByText('friend', { exact: true })).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Add expense' }).click()
      const form = page.getByRole('dialog', { name: 'Add an expense' })
      await form.getByLabel('What was it for?').fill('Cinema')
      await form.getByLabel('Amount', { exact: true }).fill('30')
      await form.getByRole('button', { name: 'Add expense' }).click()
      await expect(form).toBeHidden()
      // What two share is called by the name of the friend, and is no group.
      await expect(page.getByRole('heading', { level: 1, name: 'Ben' })).toBeVisible()
      await expect(ownBalance(page)).toContainText('you are owed €15.00')
      await expectAccessible(page)

      await ben.goto('/')
      await expect(ben.getByText('Start with a group')).toBeVisible()
      await expect(ben.getByRole('region', { name: 'Overall' })).toContainText('you owe €15.00')
      await ben.goto('/people')
      const ada = ben.getByRole('main').getByRole('link', { name: /Ada/ })
      await expect(ada).toContainText('you owe €15.00')

      await page.goto('/people')
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await page.getByRole('button', { name: 'Actions for Ben' }).click()
      await page.getByRole('menuitem', { name: 'Remove as friend' }).click()
      await page.getByRole('button', { name: 'Remove', exact: true }).click()
      await expect(page.getByRole('button', { name: 'Add as friend' })).toBeVisible()
      await expect(ada).not.toContainText('friend', AT_ONCE)
      await expect(ada).toContainText('you owe €15.00')
    })

    test('a friend is put into a group without a link', async ({ page, browser }) => {
      const ben = await befriend(page, browser)
      await page.goto('/')
      await createGroup(page, 'Lisbon')
      await page.getByRole('heading', { level: 1 }).getByRole('link').click()
      await page.getByRole('link', { name: 'Add a friend' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add a friend' })
      await dialog.getByRole('button', { name: 'Add Ben' }).click()
      await expect(dialog).toContainText('All your friends are in')
      await expectAccessible(page)
      await ben.goto('/')
      await expect(ben.getByRole('main').getByRole('link', { name: /Lisbon/ })).toBeVisible()
    })
  })
}
