import { graphql } from '../../api/gql'

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
    advice {
      category
      duplicateOf {
        id
        description
        date
      }
      shares {
        member {
          id
        }
        amount {
          amount
          currency
        }
      }
      reason
    }
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
      items {
        name
        amount {
          amount
          currency
        }
        members {
          id
        }
      }
      history {
        version
        at
        by {
          id
        }
        change
        description
        total {
          amount
          currency
        }
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

export const UpdateExpense = graphql(`
  mutation UpdateExpense($input: UpdateExpenseInput!) {
    updateExpense(input: $input) {
      ...ExpenseParts
      group {
        ...GroupLive
      }
    }
  }
`)

export const DeleteExpense = graphql(`
  mutation DeleteExpense($id: ID!, $expectedVersion: Int!) {
    deleteExpense(id: $id, expectedVersion: $expectedVersion) {
      ...ExpenseParts
      group {
        ...GroupLive
      }
    }
  }
`)

export const RestoreExpense = graphql(`
  mutation RestoreExpense($id: ID!, $expectedVersion: Int!) {
    restoreExpense(id: $id, expectedVersion: $expectedVersion) {
      ...ExpenseParts
      group {
        ...GroupLive
      }
    }
  }
`)

export const AcceptAdvice = graphql(`
  mutation AcceptAdvice($expenseId: ID!, $expectedVersion: Int!) {
    acceptAdvice(expenseId: $expenseId, expectedVersion: $expectedVersion) {
      ...ExpenseParts
      group {
        ...GroupLive
      }
    }
  }
`)

export const DismissAdvice = graphql(`
  mutation DismissAdvice($expenseId: ID!) {
    dismissAdvice(expenseId: $expenseId)
  }
`)
