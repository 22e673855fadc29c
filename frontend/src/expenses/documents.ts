import { graphql } from '../gql'

export const ExpenseParts = graphql(`
  fragment ExpenseParts on Expense {
    id
    description
    total {
      amount
      currency
    }
    date
    category
    payers {
      member {
        id
      }
      amount {
        amount
        currency
      }
    }
    splitMode
    shares {
      member {
        id
      }
      amount {
        amount
        currency
      }
    }
    deletedAt
    version
  }
`)

export const GroupExpenses = graphql(`
  query GroupExpenses($id: ID!, $first: Int!, $after: String) {
    group(id: $id) {
      id
      expenses(first: $first, after: $after) {
        edges {
          cursor
          node {
            ...ExpenseParts
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

export const ExpenseDetail = graphql(`
  query ExpenseDetail($id: ID!) {
    expense(id: $id) {
      ...ExpenseParts
      notes
      createdAt
      createdBy {
        id
      }
    }
  }
`)

export const PreviewSplit = graphql(`
  query PreviewSplit($total: MoneyInput!, $split: SplitInput!) {
    previewSplit(total: $total, split: $split) {
      member {
        id
      }
      amount {
        amount
        currency
      }
    }
  }
`)

export const CreateExpense = graphql(`
  mutation CreateExpense($input: CreateExpenseInput!) {
    createExpense(input: $input) {
      id
      group {
        ...GroupLive
      }
    }
  }
`)
