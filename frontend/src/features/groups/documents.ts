import { graphql } from '../../api/gql'

/**
 * What moves while people use a group. Names come from `members` alone: the subgraphs that know
 * amounts name members by id, so no further request is needed to show them.
 */
export const GroupLive = graphql(`
  fragment GroupLive on Group {
    id
    name
    kind
    currency
    version
    members {
      id
      name
      isGuest
      state
      role
    }
    viewerMember {
      id
    }
    ledgerVersion
    balances {
      member {
        id
      }
      net {
        amount
        currency
      }
    }
    settlement {
      transfers {
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
      }
      minimal
      ledgerVersion
    }
  }
`)

export const Groups = graphql(`
  query Groups($first: Int!, $after: String) {
    groups(first: $first, after: $after) {
      edges {
        cursor
        node {
          id
          name
          kind
          currency
          members {
            id
            name
            isGuest
            state
          }
          viewerMember {
            id
          }
          balances {
            member {
              id
            }
            net {
              amount
              currency
            }
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
`)

export const GroupPage = graphql(`
  query GroupPage($id: ID!) {
    group(id: $id) {
      ...GroupLive
    }
  }
`)

export const GroupMoved = graphql(`
  subscription GroupMoved($id: ID!) {
    groupMoved(groupId: $id) {
      ...GroupLive
    }
  }
`)

export const CreateGroup = graphql(`
  mutation CreateGroup($input: CreateGroupInput!) {
    createGroup(input: $input) {
      id
    }
  }
`)

export const AddGuest = graphql(`
  mutation AddGuest($groupId: ID!, $name: String!) {
    addGuest(groupId: $groupId, name: $name) {
      id
      group {
        ...GroupLive
      }
    }
  }
`)

export const CreateInvite = graphql(`
  mutation CreateInvite($groupId: ID!) {
    createInvite(groupId: $groupId) {
      id
      token
      url
      expiresAt
    }
  }
`)

export const InvitePreview = graphql(`
  query InvitePreview($token: String!) {
    invite(token: $token) {
      groupName
      kind
      memberNames
      guests {
        memberId
        name
      }
    }
  }
`)

export const JoinGroup = graphql(`
  mutation JoinGroup($token: String!, $claimMemberId: ID) {
    joinGroup(token: $token, claimMemberId: $claimMemberId) {
      id
      group {
        id
      }
    }
  }
`)
