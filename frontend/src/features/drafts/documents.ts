import { graphql } from '../../api/gql'

export const DraftParts = graphql(`
  fragment DraftParts on ExpenseDraft {
    id
    text
    status
    advisor
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
    problems
  }
`)

export const Draft = graphql(`
  query Draft($id: ID!) {
    draft(id: $id) {
      ...DraftParts
    }
  }
`)

export const DraftChanged = graphql(`
  subscription DraftChanged($id: ID!) {
    draftChanged(id: $id) {
      ...DraftParts
    }
  }
`)

export const DraftExpense = graphql(`
  mutation DraftExpense($groupId: ID!, $text: String!) {
    draftExpense(groupId: $groupId, text: $text) {
      ...DraftParts
    }
  }
`)

export const DraftReceipt = graphql(`
  mutation DraftReceipt($groupId: ID!, $photo: PhotoInput!) {
    draftReceipt(groupId: $groupId, photo: $photo) {
      ...DraftParts
    }
  }
`)

export const ConfirmDraft = graphql(`
  mutation ConfirmDraft($id: ID!, $idempotencyKey: String!, $changes: DraftChanges) {
    confirmDraft(id: $id, idempotencyKey: $idempotencyKey, changes: $changes) {
      id
      group {
        ...GroupLive
      }
    }
  }
`)

export const DiscardDraft = graphql(`
  mutation DiscardDraft($id: ID!) {
    discardDraft(id: $id)
  }
`)
