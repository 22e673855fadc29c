import { expect, it } from 'vitest'

const DOCUMENTS = import.meta.glob<string>('../**/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
})

it('no operation leaves a fragment open to whoever gets its answer', () => {
  const paths = Object.keys(DOCUMENTS)
  expect(paths.length).toBeGreaterThan(20)
  expect(paths.filter((path) => DOCUMENTS[path]?.includes('@unmask'))).toEqual([])
})
