import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, together } from './group'
import { SIZES } from './sizes'

// Notifications follow events, a little behind the ledger.
const CAUGHT_UP = { timeout: 25_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('an expense is talked about, and whoever it concerns is told', async ({
      page,
      browser,
    }) => {
      const ben = await together(page, browser)
      await addExpense(page, 'Dinner', '40')
      await page.getByRole('link', { name: /Dinner/ }).click()
      const shown = page.getByRole('dialog', { name: 'Dinner' })
      await shown.getByLabel('Write a comment').fill('Was the wine yours, @B')
      await shown.getByRole('button', { name: 'Ben' }).click()
      await shown.getByRole('button', { name: 'Send' }).click()
      const comments = shown.getByRole('region', { name: 'Comments' }).getByRole('listitem')
      await expect(comments).toContainText('Was the wine yours, @Ben')
      await expectAccessible(page)

      await ben.goto('/activity')
      const bell = ben
        .getByRole('main')
        .getByRole('link', { name: 'Notifications, 2 not read yet' })
      await expect(bell).toBeVisible(CAUGHT_UP)
      await expectAccessible(ben)
      await bell.click()
      await expect(ben.getByRole('main').getByRole('listitem')).toHaveCount(2)
      await expect(ben.getByRole('main')).toContainText('Was the wine yours, @Ben')
      await expect(ben.getByRole('main')).toContainText('−€20.00')
      await expectAccessible(ben)
      await ben.getByRole('button', { name: 'Mark all as read' }).click()
      await expect(ben.getByText('not read yet')).toHaveCount(0)
      await ben.getByRole('link', { name: /Was the wine/ }).click()
      const answer = ben.getByRole('dialog', { name: 'Dinner' })
      await answer.getByLabel('Write a comment').fill('All of it!')
      await answer.getByRole('button', { name: 'Send' }).click()

      // What is said appears by itself, and can be taken back by its author.
      await expect(comments).toHaveCount(2)
      await shown.getByRole('button', { name: 'Actions for your comment' }).click()
      await page.getByRole('menuitem', { name: 'Delete' }).click()
      await expect(comments).toHaveText([/All of it!/])

      // Who paid is told of what is said, mentioned or not.
      await page.goto('/notifications')
      await expect(page.getByRole('main').getByRole('listitem')).toContainText(
        'All of it!',
        CAUGHT_UP,
      )
    })
  })
}
