// Fails if the script that a page needs is heavier, compressed, than its budget.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'

/** What is loaded for each page, with one language, and how much it may weigh in kB. */
const PAGES = {
  'signed out': { budget: 200, parts: [] },
  home: { budget: 225, parts: ['src/app/shell/Shell.tsx', 'src/app/home/HomePage.tsx'] },
  group: {
    budget: 255,
    parts: [
      'src/app/shell/Shell.tsx',
      'src/app/group/GroupPage.tsx',
      'src/app/group/ExpensesTab.tsx',
    ],
  },
}
const ALWAYS = ['index.html', 'src/locales/en.po']

const built = mkdtempSync(join(tmpdir(), 'quits-weight-'))

/** The size of a chunk and of everything that it imports, each counted once. */
function collect(manifest, key, sizes) {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`the build has no ${key}`)
  if (key in sizes) return
  sizes[key] = gzipSync(readFileSync(join(built, chunk.file)), { level: 9 }).length
  for (const imported of chunk.imports ?? []) collect(manifest, imported, sizes)
}

try {
  execFileSync('vite', ['build', '--manifest', '--outDir', built, '--logLevel', 'error'])
  const manifest = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8'))
  for (const [page, { budget, parts }] of Object.entries(PAGES)) {
    const sizes = {}
    for (const key of [...ALWAYS, ...parts]) collect(manifest, key, sizes)
    const kilobytes = Math.ceil(Object.values(sizes).reduce((sum, size) => sum + size, 0) / 1000)
    console.log(`${page}: ${kilobytes} kB of ${budget}`)
    if (kilobytes > budget) process.exitCode = 1
  }
} finally {
  rmSync(built, { recursive: true })
}
