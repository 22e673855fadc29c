import { expect, type Page } from '@playwright/test'
import axe, { type AxeResults } from 'axe-core'

interface WithAxe {
  axe: { run: () => Promise<AxeResults> }
}

/** Whatever can be found by looking at the page: labels, roles, contrast. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(() => (window as unknown as WithAxe).axe.run())
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`)
  expect(found, `at ${page.url()}`).toEqual([])
}
