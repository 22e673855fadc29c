// Fails if the script that a page needs is heavier, compressed, than its budget, if one of its texts is in a catalog
// that is loaded later, or if the library of the charts is loaded where there are none.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'

const FRAME = ['src/app/SignedIn.tsx', 'src/app/shell/Shell.tsx']
const GROUP = [...FRAME, 'src/app/group/GroupPage.tsx']
/** The chunk of the library; vite.config.ts names it. */
const CHARTS = 'charts'

/** What is loaded for each page, with one language, and how much it may weigh in kB. */
const PAGES = {
  'log-in': { budget: 130, parts: ['src/features/account/LoginPage.tsx'], texts: ['start'] },
  registration: {
    budget: 130,
    parts: ['src/features/account/RegisterPage.tsx'],
    texts: ['start', 'account'],
  },
  invitation: {
    budget: 130,
    parts: ['src/features/groups/JoinPage.tsx'],
    texts: ['start', 'account'],
  },
  home: { budget: 165, parts: [...FRAME, 'src/app/home/HomePage.tsx'], texts: ['start'] },
  group: {
    budget: 195,
    parts: [...GROUP, 'src/app/group/ExpensesTab.tsx'],
    texts: ['start', 'group'],
  },
  insights: {
    budget: 270,
    parts: [...GROUP, 'src/features/insights/GroupInsights.tsx'],
    texts: ['start', 'group', 'rest'],
    charts: true,
  },
}
const catalog = (part) => `src/locales/en/${part}.po`

// Inside the project, because its catalogs are imported as modules of it.
const built = mkdtempSync(join(import.meta.dirname, 'node_modules/.quits-weight-'))
const read = (chunk) => readFileSync(join(built, chunk.file))

/** A chunk and everything that it imports, by key. */
function collect(manifest, key, chunks) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`the build has no ${key}`)
  if (key in chunks) return
  chunks[key] = read(chunk)
  for (const imported of chunk.imports ?? []) collect(manifest, imported, chunks)
}

async function textsOf(manifest, part) {
  const { messages } = await import(join(built, manifest[catalog(part)].file))
  return Object.keys(messages)
}

try {
  execFileSync('vite', ['build', '--manifest', '--outDir', built, '--logLevel', 'error'])
  const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8'))
  const late = { start: [], account: [], group: [], refusals: [], rest: [] }
  for (const part of Object.keys(late)) late[part] = await textsOf(manifest, part)

  for (const [page, { budget, parts, texts, charts = false }] of Object.entries(PAGES)) {
    const chunks = {}
    for (const key of ['index.html', ...parts]) collect(manifest, key, chunks)
    const code = Object.values(chunks).join('\n')
    const there = new Set(texts.flatMap((part) => late[part]))
    const missing = Object.values(late)
      .flat()
      .filter((id) => !there.has(id) && code.includes(`\`${id}\``))

    const loadsCharts = Object.keys(chunks).some((key) => manifest[key].name === CHARTS)
    if (loadsCharts !== charts) {
      console.error(`${page} ${loadsCharts ? 'loads the library of the charts' : 'has no charts'}`)
      process.exitCode = 1
    }

    for (const part of texts) collect(manifest, catalog(part), chunks)
    const bytes = Object.values(chunks).map((chunk) => gzipSync(chunk, { level: 9 }).length)
    const kilobytes = Math.ceil(bytes.reduce((sum, size) => sum + size, 0) / 1000)
    console.log(`${page}: ${kilobytes} kB of ${budget}`)
    if (kilobytes > budget) process.exitCode = 1
    if (missing.length > 0) {
      console.error(`${page} shows texts that it does not load: ${missing.join(', ')}`)
      process.exitCode = 1
    }
  }
} finally {
  rmSync(built, { recursive: true })
}
