import { graphql } from '../../api/gql'

export const GroupPayments = graphql(`
  query GroupPayments($id: ID!, $first: Int!, $after: String) {
    group(id: $id) {
      id
      payments(first: $first, after: $after) {
        edges {
          cursor
          node {
            id
            from {
              id
            }
            to {
              id
            }
            amount {
              amount
              currency
            }
            method
            status
            date
            note
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

export const RecordPayment = graphql(`
  mutation RecordPayment($input: RecordPaymentInput!) {
    recordPayment(input: $input) {
      id
      group {
        ...GroupLive
      }
    }
  }
`)
