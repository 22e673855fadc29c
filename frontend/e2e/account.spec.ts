import { expect, test, type Page } from '@playwright/test'
import { codeOf } from './authenticator'
import { expectAccessible } from './axe'
import { logIn, openYou, ownBrowser, signUp } from './people'
import { SIZES } from './sizes'

// A picture of one pixel.
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const NEW_PASSWORD = 'another horse, another battery'

async function openSetting(page: Page, name: string): Promise<void> {
  await openYou(page)
  await page.getByRole('main').getByRole('link', { name }).click()
  await expect(page.getByRole('status', { name: /^Loading/ })).toHaveCount(0)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('an account is changed, signed out elsewhere, and deleted', async ({ page, browser }) => {
      const account = await signUp(page, 'Ada')
      await page.goto('/')
      await openSetting(page, 'Edit profile')
      await page.getByLabel('Name').fill('Ada Lovelace')
      await page.getByLabel('Time zone').selectOption('Europe/Lisbon')
      await page.getByLabel('Choose a picture').setInputFiles({
        name: 'ada.png',
        mimeType: 'image/png',
        buffer: Buffer.from(PIXEL, 'base64'),
      })
      await expect(page.getByRole('button', { name: 'Remove the picture' })).toBeVisible()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Save profile' }).click()
      await expect(page.getByRole('link', { name: 'Edit profile' })).toContainText('Ada Lovelace')
      const picture = page.getByRole('region', { name: 'Profile' }).locator('img')
      await expect(picture).toHaveAttribute('src', /^data:image\/jpeg;base64,/)

      const other = await ownBrowser(browser)
      await other.goto('/login')
      await logIn(other, account)
      await openYou(other)
      await openSetting(page, 'Devices')
      const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem')
      await expect(devices).toHaveCount(2)
      await expectAccessible(page)
      await devices
        .last()
        .getByRole('button', { name: /^Sign out/ })
        .click()
      await expect(devices).toHaveCount(1)

      await openSetting(page, 'Change password')
      await page.getByLabel('Your password now').fill('not the one at all')
      await page.getByLabel('New password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page.getByText('This is not your password.')).toBeVisible()
      await expectAccessible(page)
      await page.getByLabel('Your password now').fill('correct horse battery staple')
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page.getByText('Password changed')).toBeVisible()

      await openSetting(page, 'Delete account')
      await expectAccessible(page)
      await page.getByLabel('Your password').fill(NEW_PASSWORD)
      await page.getByRole('button', { name: 'Delete my account for good' }).click()
      await expect(page).toHaveURL(/\/login/)
      await logIn(page, account)
      await expect(page.getByRole('alert')).toBeVisible()
    })

    test('a log-in takes a second step once it is set up', async ({ page, browser }) => {
      const account = await signUp(page, 'Ada')
      await page.goto('/')
      await openSetting(page, 'Two-step log-in')
      await page.getByLabel('Your password').fill('correct horse battery staple')
      await page.getByRole('button', { name: 'Set it up' }).click()
      const key = await page.locator('code').innerText()
      await expectAccessible(page)
      await page.getByLabel('Code', { exact: true }).fill(codeOf(key))
      await page.getByRole('button', { name: 'Turn on' }).click()
      const codes = page.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem')
      await expect(codes).toHaveCount(10)
      const recovery = await codes.first().innerText()
      await expectAccessible(page)
      await page.getByRole('button', { name: 'I have kept them' }).click()
      await expect(page.getByText('Two-step log-in is on.')).toBeVisible()

      const other = await ownBrowser(browser)
      await other.goto('/login')
      await logIn(other, account)
      await expect(other.getByLabel('Code', { exact: true })).toBeFocused()
      await expectAccessible(other)
      // The code of now was used to set it up; the next one counts already.
      await other.getByLabel('Code', { exact: true }).fill(codeOf(key, 1))
      await other.getByRole('button', { name: 'Log in' }).click()
      await expect(other.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
      await other.getByRole('link', { name: 'You', exact: true }).filter({ visible: true }).click()
      await other.getByRole('button', { name: 'Log out' }).click()
      await logIn(other, account)
      await other.getByLabel('Code', { exact: true }).fill(recovery)
      await other.getByRole('button', { name: 'Log in' }).click()
      await expect(other.getByRole('heading', { level: 1, name: 'You' })).toBeVisible()
    })

    test('which notifications are mailed is chosen, and stays chosen', async ({ page }) => {
      await signUp(page, 'Ada')
      await page.goto('/')
      await openSetting(page, 'Notifications')
      const payments = page.getByRole('group', { name: 'Payments from and to you' })
      await payments.getByLabel('By mail').selectOption('Once a day')
      await payments.getByRole('switch', { name: 'On devices' }).click()
      await page.getByLabel('From', { exact: true }).fill('21:30')
      await page.getByRole('button', { name: 'Save quiet hours' }).click()
      await expect(page.getByRole('button', { name: 'No quiet hours' })).toBeVisible()
      await expectAccessible(page)
      await page.reload()
      await expect(page.getByLabel('From', { exact: true })).toHaveValue('21:30')
      await expect(payments.getByLabel('By mail')).toHaveValue('DAILY')
      await expect(payments.getByRole('switch', { name: 'On devices' })).not.toBeChecked()
      await page.getByRole('switch', { name: 'Mail about notifications' }).click()
      await expect(payments.getByLabel('By mail')).toHaveCount(0)
      await expectAccessible(page)
    })
  })
}
