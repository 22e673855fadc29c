import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, groupPath, letIn, together } from './group'
import { ownBrowser, signUp } from './people'
import { SIZES } from './sizes'

const AT_ONCE = { timeout: 10_000 }

const members = (page: Page) => page.getByRole('list', { name: 'Members' })
const member = (page: Page, name: string) =>
  members(page).getByRole('listitem').filter({ hasText: name })

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

async function confirm(page: Page, action: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click()
}

/** Ada, whose group with the guest Jonas Ben is in too; both look at its settings. */
async function settled(page: Page, ben: Page): Promise<void> {
  await signUp(page, 'Ada')
  await createGroup(page, 'Lisbon', ['Jonas'])
  await signUp(ben, 'Ben')
  await letIn(page, ben)
  for (const each of [page, ben]) await each.goto(`${groupPath(each)}/settings`)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a group is renamed, its members get other roles, and it is handed over', async ({
      page,
      browser,
    }) => {
      const ben = await ownBrowser(browser)
      await settled(page, ben)
      await expectAccessible(page)
      await page.getByLabel('Name', { exact: true }).fill('Porto')
      await page.getByRole('button', { name: 'Save settings' }).click()
      await expect(page.getByText('Settings saved')).toBeVisible()
      await expect(ben.getByRole('heading', { level: 1, name: 'Porto' })).toBeVisible(AT_ONCE)
      await expect(ben.getByRole('button', { name: 'Save settings' })).toBeHidden()

      await choose(page, 'Ben', 'Make admin')
      await expect(member(page, 'Ben')).toContainText('admin')
      await expect(ben.getByRole('button', { name: 'Save settings' })).toBeVisible(AT_ONCE)
      await choose(page, 'Ben', 'Make plain member')
      await expect(member(page, 'Ben')).toContainText('member')

      await choose(page, 'Jonas', 'Rename')
      const rename = page.getByRole('dialog', { name: 'Rename a guest' })
      await rename.getByLabel('Name').fill('Joan')
      await expectAccessible(page)
      await rename.getByRole('button', { name: 'Save' }).click()
      await choose(page, 'Joan', 'Remove from the group')
      await expectAccessible(page)
      await confirm(page, 'Remove')
      await expect(member(page, 'Joan'), 'nothing was entered with the guest').toBeHidden()

      await choose(page, 'Ben', 'Make owner')
      await confirm(page, 'Make owner')
      await expect(member(page, 'Ben')).toContainText('owner')
      await expect(member(ben, 'Ben')).toContainText('owner', AT_ONCE)
      await choose(ben, 'Ada', 'Remove from the group')
      await confirm(ben, 'Remove')
      await expect(member(ben, 'Ada')).toContainText('has left')
      await expect(members(page)).toBeHidden(AT_ONCE)
    })

    test('a group lets nobody but who entered an expense change it', async ({ page, browser }) => {
      const ben = await ownBrowser(browser)
      await settled(page, ben)
      await page.getByLabel('Who may change an expense').selectOption('Only who entered it')
      await page.getByRole('button', { name: 'Save settings' }).click()
      await expect(page.getByText('Settings saved')).toBeVisible()
      await page.goto(groupPath(page))
      await addExpense(page, 'Dinner', '40')

      for (const [each, shown] of [
        [page, 1],
        [ben, 0],
      ] as const) {
        await each.goto(groupPath(each))
        await each.getByRole('link', { name: /Dinner/ }).click()
        const dinner = each.getByRole('dialog', { name: 'Dinner' })
        await expect(dinner.getByRole('link', { name: 'Copy' })).toBeVisible()
        await expect(dinner.getByRole('link', { name: 'Edit' })).toHaveCount(shown)
        await expect(dinner.getByRole('button', { name: 'Delete' })).toHaveCount(shown)
      }
      await expectAccessible(ben)
    })

    test('a group is put away and taken out again', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Jonas'])
      await addExpense(page, 'Dinner', '40')
      await page.goto(`${groupPath(page)}/settings`)
      await page.getByRole('button', { name: 'Archive', exact: true }).click()
      await expect(page.getByText('Archived', { exact: true })).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Restore', exact: true }).click()
      await expect(page.getByText('Restored', { exact: true })).toBeVisible()
      await expect(page.getByRole('button', { name: 'Archive', exact: true })).toBeVisible()
    })

    test('a leaked link is withdrawn by the owner, whoever made it', async ({ page, browser }) => {
      const ben = await ownBrowser(browser)
      await settled(page, ben)
      await ben.getByRole('link', { name: 'Invite by link' }).click()
      const dialog = ben.getByRole('dialog', { name: 'Invite to Lisbon' })
      await dialog.getByLabel('Lets in').selectOption('5 people')
      await expectAccessible(ben)
      const shown = dialog.getByLabel('Invite link')
      const { pathname, hash } = new URL(await shown.inputValue())

      const cleo = await ownBrowser(browser)
      await signUp(cleo, 'Cleo')
      await cleo.goto(pathname + hash)
      await expect(cleo.getByText('3 people are in this group')).toBeVisible()

      await page.reload()
      const links = page.getByRole('list', { name: 'Open links' })
      await expect(links).toContainText('used 0 of 5 times')
      await expectAccessible(page)
      const ofBen = links.getByRole('button', { name: 'Withdraw: Link of Ben' })
      while ((await ofBen.count()) > 0) {
        const before = await ofBen.count()
        await ofBen.first().click()
        await expect(ofBen).toHaveCount(before - 1)
      }
      await cleo.reload()
      await expect(
        cleo.getByRole('heading', { name: 'This link does not work any more' }),
      ).toBeVisible()
    })

    test('a group that is archived says so to everybody, and takes nothing new', async ({
      page,
      browser,
    }) => {
      const ben = await together(page, browser)
      await addExpense(page, 'Dinner', '40')
      await page.goto(`${groupPath(page)}/settings`)
      await page.getByRole('button', { name: 'Archive', exact: true }).click()
      const main = ben.getByRole('main')
      await expect(main).toContainText('This group is archived.', AT_ONCE)
      await expect(main.getByRole('link', { name: 'Add expense' })).toHaveCount(0)
      await main.getByRole('link', { name: /Dinner/ }).click()
      const shown = ben.getByRole('dialog', { name: 'Dinner' })
      await expect(shown).toContainText('This group is archived.')
      await expect(shown.getByRole('link', { name: 'Copy' })).toHaveCount(0)
      await expectAccessible(ben)
    })
  })
}
