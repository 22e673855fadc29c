// Fails if a text in the code is missing in a catalog or not translated, or if a catalog holds one that is not used.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

const kept = 'src/locales'
const fresh = mkdtempSync(join(tmpdir(), 'quits-locales-'))
const lingui = (...args) =>
  execFileSync('lingui', args, {
    env: { ...process.env, QUITS_LOCALES: fresh },
    encoding: 'utf8',
  })

try {
  cpSync(kept, fresh, { recursive: true })
  lingui('extract', '--clean')
  const texts = (folder, file) => readFileSync(join(folder, file), 'utf8')
  const files = readdirSync(fresh, { recursive: true }).filter((file) => file.endsWith('.po'))
  const stale = files.filter((file) => texts(kept, file) !== texts(fresh, file))
  if (stale.length > 0) {
    throw new Error(`${stale.join(', ')} not current: run npm run texts and translate what is new`)
  }
  lingui('compile', '--strict')
} catch (error) {
  console.error(error.stdout ?? '', error.stderr ?? '', error.message)
  process.exitCode = 1
} finally {
  rmSync(fresh, { recursive: true })
}
