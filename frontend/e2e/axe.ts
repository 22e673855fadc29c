import { expect, type Page } from '@playwright/test'
import axe, { type AxeResults } from 'axe-core'

interface WithAxe {
  axe: { run: (context: Document | string) => Promise<AxeResults> }
}

/** Whatever can be found by looking at the page, or a part of it: labels, roles, contrast. */
export async function expectAccessible(page: Page, part?: string): Promise<void> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate(
    (selector) => (window as unknown as WithAxe).axe.run(selector ?? document),
    part,
  )
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`)
  expect(found, `at ${page.url()}`).toEqual([])
}
