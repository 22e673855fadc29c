import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a photo and a PDF are kept with an expense, opened and removed', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await addExpense(page, 'Dinner', '40')
      const photo = await page.screenshot({ type: 'jpeg' })
      await page.getByRole('link', { name: /Dinner/ }).click()
      const files = page
        .getByRole('dialog', { name: 'Dinner' })
        .getByRole('region', { name: 'Photos and files' })
      await files.getByLabel('Add a photo or PDF').setInputFiles([
        { name: 'receipt.jpg', mimeType: 'image/jpeg', buffer: photo },
        { name: 'bill.pdf', mimeType: 'application/pdf', buffer: PDF },
      ])
      const kept = files.getByRole('link')
      await expect(kept).toHaveText([/receipt\.jpg.*You/, /bill\.pdf.*You/])
      const picture = kept.first().locator('img')
      await expect
        .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
        .toBeGreaterThan(0)
      await expectAccessible(page)

      const opened = page.waitForEvent('popup')
      await kept.first().click()
      const whole = await opened
      await expect(whole.locator('img')).toBeVisible()
      await whole.close()

      // A file of another kind is refused with a sentence.
      await files
        .getByLabel('Add a photo or PDF')
        .setInputFiles({ name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('?') })
      await expect(files.getByRole('alert')).toContainText('A file is a JPEG, PNG or WebP picture')
      await expectAccessible(page)
      await files.getByRole('button', { name: 'Do not add notes.pdf' }).click()

      await files.getByRole('button', { name: 'Remove bill.pdf' }).click()
      const asked = page.getByRole('dialog', { name: 'Remove this file?' })
      await expectAccessible(page)
      await asked.getByRole('button', { name: 'Remove' }).click()
      await expect(asked).toBeHidden()
      await expect(kept).toHaveText([/receipt\.jpg/])
    })
  })
}
