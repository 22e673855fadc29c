import { graphql } from '../../api/gql'
import type { GroupReportQuery } from '../../api/gql/graphql'

export type Report = NonNullable<NonNullable<GroupReportQuery['group']>['report']>

export const GroupReport = graphql(`
  query GroupReport($id: ID!) {
    group(id: $id) {
      id
      report {
        byCategory {
          category
          total {
            amount
            currency
          }
          count
        }
        byMonth {
          month
          total {
            amount
            currency
          }
        }
        byMember {
          member {
            id
          }
          paid {
            amount
            currency
          }
          share {
            amount
            currency
          }
        }
        total {
          amount
          currency
        }
        upToVersion
      }
    }
  }
`)

export const GroupActivity = graphql(`
  query GroupActivity($id: ID!, $first: Int!, $after: String) {
    group(id: $id) {
      id
      activity(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            at
            type
            summary
            actor {
              id
              name
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  }
`)
