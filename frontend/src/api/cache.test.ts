import { gql } from '@apollo/client'
import { beforeEach, describe, expect, it } from 'vitest'
import { createCache } from './cache'

const query = gql`
  query Test($after: String) {
    group(id: "g") {
      id
      expenses(first: 2, after: $after) {
        edges {
          cursor
          node {
            id
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`

let cache = createCache()
beforeEach(() => {
  cache = createCache()
})

const page = (ids: string[], hasNextPage: boolean) => ({
  __typename: 'ExpenseConnection',
  edges: ids.map((id) => ({
    __typename: 'ExpenseEdge',
    cursor: id,
    node: { __typename: 'Expense', id },
  })),
  pageInfo: { __typename: 'PageInfo', hasNextPage, endCursor: ids.at(-1) ?? null },
})

function write(expenses: unknown, after: string | null = null) {
  const data = { group: { __typename: 'Group', id: 'g', expenses } }
  cache.writeQuery({ query, variables: { after }, data })
}

interface Data {
  group: { expenses: ReturnType<typeof page> | null }
}

const read = () => cache.readQuery<Data>({ query, variables: { after: null } })?.group.expenses
const ids = () => read()?.edges.map(({ node }) => node.id)

describe('a connection in the cache', () => {
  it('appends further pages', () => {
    write(page(['5', '4'], true))
    write(page(['3', '2'], true), '4')
    expect(ids()).toEqual(['5', '4', '3', '2'])
    expect(read()?.pageInfo).toMatchObject({ hasNextPage: true, endCursor: '2' })
  })

  it('keeps the pages after a first page that is asked for again', () => {
    write(page(['5', '4'], true))
    write(page(['3', '2'], false), '4')
    write(page(['6', '5'], true))
    expect(ids()).toEqual(['6', '5', '4', '3', '2'])
    expect(read()?.pageInfo).toMatchObject({ hasNextPage: false })
  })

  it('starts anew when the first page has nothing in common with what was known', () => {
    write(page(['2', '1'], false))
    write(page(['9', '8'], true))
    expect(ids()).toEqual(['9', '8'])
  })

  it('is null, not missing and not empty, when nobody answered', () => {
    write(null)
    expect(read()).toBeNull()
  })

  it('keeps what was known when nobody answers later', () => {
    write(page(['2', '1'], false))
    write(null)
    expect(ids()).toEqual(['2', '1'])
  })
})
