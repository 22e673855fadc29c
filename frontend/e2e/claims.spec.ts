import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, groupPath, invitePath, openTab, owing, ownBalance } from './group'
import { ownBrowser, signUp } from './people'
import { SIZES } from './sizes'

const AT_ONCE = { timeout: 10_000 }

const openSettings = async (page: Page) => {
  await page.goto(`${groupPath(page)}/settings`)
}

/** Somebody new, who looks at a link. */
async function follow(page: Page, path: string, name: string): Promise<void> {
  await signUp(page, name)
  await page.goto(path)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('somebody asks for the place of a guest, gets it, and it is undone', async ({
      page,
      browser,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Jonas'])
      await addExpense(page, 'Dinner', '40')
      const path = await invitePath(page)
      await openSettings(page)
      await page.getByRole('switch', { name: 'Approve who takes the place of a guest' }).check()
      await page.getByRole('button', { name: 'Save settings' }).click()
      await expect(page.getByText('Settings saved')).toBeVisible()

      const joe = await ownBrowser(browser)
      await follow(joe, path, 'Joe')
      await joe.getByRole('radio', { name: 'I am Jonas' }).check()
      await expectAccessible(joe)
      await joe.getByRole('button', { name: 'Ask to join as Jonas' }).click()
      await expect(joe.getByRole('heading', { name: 'You have asked to join' })).toBeVisible()
      await expectAccessible(joe)

      await page.reload()
      const claims = page.getByRole('region', { name: 'Places of guests' })
      await expect(claims).toContainText('Joe says to be Jonas')
      await expectAccessible(page)
      await claims.getByRole('button', { name: 'Approve' }).click()
      await expect(claims).toContainText('took the place of a guest')

      await joe.goto('/')
      await joe.getByRole('link', { name: /^Lisbon Ada, Joe/ }).click()
      await expect(ownBalance(joe)).toContainText('you owe €20.00')

      await claims.getByRole('button', { name: /^Undo:/ }).click()
      await expectAccessible(page)
      await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click()
      await expect(claims).toBeHidden(AT_ONCE)
      await expect(page.getByRole('list', { name: 'Members' })).toContainText('guest')
    })

    test('the personal link of a guest makes its holder that guest', async ({ page, browser }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Jonas'])
      await addExpense(page, 'Dinner', '40')
      await openSettings(page)
      await page.getByRole('button', { name: 'Actions for Jonas' }).click()
      await page.getByRole('menuitem', { name: 'Personal link' }).click()
      const dialog = page.getByRole('dialog', { name: 'Link for Jonas' })
      await expect(dialog.getByRole('img', { name: 'Scan to join' })).toBeVisible()
      const { pathname, hash } = new URL(await dialog.getByLabel('Invite link').inputValue())
      await expectAccessible(page)

      const joe = await ownBrowser(browser)
      await follow(joe, pathname + hash, 'Joe')
      await joe.getByRole('button', { name: 'Join as Jonas' }).click()
      await expect(ownBalance(joe)).toContainText('you owe €20.00')
    })

    test('what is open in a group that was left is settled', async ({ page, browser }) => {
      const ben = await owing(page, browser)
      await openSettings(ben)
      await ben.getByRole('button', { name: 'Leave the group' }).click()
      await ben.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
      await expect(ben.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
      await ben.goto('/people')
      await ben.getByText('Groups that you have left').click()
      const left = ben.getByRole('list', { name: 'Groups that you have left' })
      await expect(left).toContainText(/Lisbon.*you owe €30\.00/)
      await expectAccessible(ben)
      await left.getByRole('button', { name: 'Settle up with Ada' }).click()
      await expectAccessible(ben)
      await ben.getByRole('button', { name: 'Record payment' }).click()
      await expect(left).toContainText('quits')
      await openTab(page, 'Balances')
      await expect(ownBalance(page)).toContainText('quits', AT_ONCE)
    })

    test('whom one has blocked is listed and unblocked', async ({ page, browser }) => {
      await owing(page, browser)
      await page.goto('/people')
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await page.getByRole('button', { name: 'Actions for Ben' }).click()
      await page.getByRole('menuitem', { name: 'Block' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click()
      await expect(page.getByText('Ben is blocked')).toBeVisible()
      await page.goto('/settings')
      await page.getByRole('link', { name: 'Blocked people' }).click()
      await expect(page.getByRole('list', { name: 'Blocked people' })).toContainText('Ben')
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Unblock Ben' }).click()
      await expect(page.getByText('Nobody is blocked')).toBeVisible()
    })
  })
}
