import { currentLocale } from './i18n'

const MEGABYTE = 1_000_000

/** "640 kB" or "2.4 MB": the size of a file. */
export function formatSize(bytes: number): string {
  const large = bytes >= MEGABYTE
  return new Intl.NumberFormat(currentLocale(), {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(large ? bytes / MEGABYTE : Math.ceil(bytes / 1_000))
}
