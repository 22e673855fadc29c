import { readFileSync } from 'node:fs'
import { expect } from '@playwright/test'

/** The links to a page that were mailed to an address, the latest last. */
function linksTo(address: string, path: string): string[] {
  const log = readFileSync(process.env.QUITS_MAIL_LOG ?? '', 'utf8')
  const mails = log.split('\n').filter((line) => line.includes(`to="${address}"`))
  return mails.flatMap((line) => {
    const [, link] = new RegExp(`https?://[^/\\s]+(${path}#token=[\\w-]+)`).exec(line) ?? []
    return link ? [link] : []
  })
}

/** The link to a page in the mail to an address that is the first to have one, or the second, and so on. */
export async function mailedLink(address: string, path: string, nth = 1): Promise<string> {
  await expect.poll(() => linksTo(address, path).length).toBe(nth)
  return linksTo(address, path)[nth - 1] ?? ''
}
