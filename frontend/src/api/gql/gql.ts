/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(refreshToken: $refreshToken) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n": typeof types.RefreshSessionDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n": typeof types.LoginDocument,
    "\n  mutation Logout($refreshToken: String!) {\n    logout(refreshToken: $refreshToken)\n  }\n": typeof types.LogoutDocument,
    "\n  query Me {\n    me {\n      id\n      name\n      email\n      defaultCurrency\n    }\n  }\n": typeof types.MeDocument,
    "\n  fragment DraftParts on ExpenseDraft {\n    id\n    text\n    status\n    advisor\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    items {\n      name\n      amount {\n        amount\n        currency\n      }\n      members {\n        id\n      }\n    }\n    problems\n  }\n": typeof types.DraftPartsFragmentDoc,
    "\n  query Draft($id: ID!) {\n    draft(id: $id) {\n      ...DraftParts\n    }\n  }\n": typeof types.DraftDocument,
    "\n  subscription DraftChanged($id: ID!) {\n    draftChanged(id: $id) {\n      ...DraftParts\n    }\n  }\n": typeof types.DraftChangedDocument,
    "\n  mutation DraftExpense($groupId: ID!, $text: String!) {\n    draftExpense(groupId: $groupId, text: $text) {\n      ...DraftParts\n    }\n  }\n": typeof types.DraftExpenseDocument,
    "\n  mutation DraftReceipt($groupId: ID!, $photo: PhotoInput!) {\n    draftReceipt(groupId: $groupId, photo: $photo) {\n      ...DraftParts\n    }\n  }\n": typeof types.DraftReceiptDocument,
    "\n  mutation ConfirmDraft($id: ID!, $idempotencyKey: String!, $changes: DraftChanges) {\n    confirmDraft(id: $id, idempotencyKey: $idempotencyKey, changes: $changes) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.ConfirmDraftDocument,
    "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n": typeof types.DiscardDraftDocument,
    "\n  fragment ExpenseParts on Expense {\n    id\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    deletedAt\n    version\n    advice {\n      category\n      duplicateOf {\n        id\n        description\n        date\n      }\n      shares {\n        member {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      reason\n    }\n  }\n": typeof types.ExpensePartsFragmentDoc,
    "\n  query GroupExpenses($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      expenses(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ExpenseParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": typeof types.GroupExpensesDocument,
    "\n  query ExpenseDetail($id: ID!) {\n    expense(id: $id) {\n      ...ExpenseParts\n      notes\n      createdAt\n      createdBy {\n        id\n      }\n      items {\n        name\n        amount {\n          amount\n          currency\n        }\n        members {\n          id\n        }\n      }\n      history {\n        version\n        at\n        by {\n          id\n        }\n        change\n        description\n        total {\n          amount\n          currency\n        }\n      }\n    }\n  }\n": typeof types.ExpenseDetailDocument,
    "\n  query PreviewSplit($total: MoneyInput!, $split: SplitInput!) {\n    previewSplit(total: $total, split: $split) {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n  }\n": typeof types.PreviewSplitDocument,
    "\n  mutation CreateExpense($input: CreateExpenseInput!) {\n    createExpense(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.CreateExpenseDocument,
    "\n  mutation UpdateExpense($input: UpdateExpenseInput!) {\n    updateExpense(input: $input) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.UpdateExpenseDocument,
    "\n  mutation DeleteExpense($id: ID!, $expectedVersion: Int!) {\n    deleteExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.DeleteExpenseDocument,
    "\n  mutation RestoreExpense($id: ID!, $expectedVersion: Int!) {\n    restoreExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.RestoreExpenseDocument,
    "\n  mutation AcceptAdvice($expenseId: ID!, $expectedVersion: Int!) {\n    acceptAdvice(expenseId: $expenseId, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.AcceptAdviceDocument,
    "\n  mutation DismissAdvice($expenseId: ID!) {\n    dismissAdvice(expenseId: $expenseId)\n  }\n": typeof types.DismissAdviceDocument,
    "\n  fragment GroupLive on Group {\n    id\n    name\n    kind\n    currency\n    version\n    members {\n      id\n      name\n      isGuest\n      state\n      role\n    }\n    viewerMember {\n      id\n    }\n    ledgerVersion\n    balances {\n      member {\n        id\n      }\n      net {\n        amount\n        currency\n      }\n    }\n    settlement {\n      transfers {\n        from {\n          id\n        }\n        to {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      minimal\n      ledgerVersion\n    }\n  }\n": typeof types.GroupLiveFragmentDoc,
    "\n  query Groups($first: Int!, $after: String) {\n    groups(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          kind\n          currency\n          members {\n            id\n            name\n            isGuest\n            state\n          }\n          viewerMember {\n            id\n          }\n          balances {\n            member {\n              id\n            }\n            net {\n              amount\n              currency\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n": typeof types.GroupsDocument,
    "\n  query GroupPage($id: ID!) {\n    group(id: $id) {\n      ...GroupLive\n    }\n  }\n": typeof types.GroupPageDocument,
    "\n  subscription GroupMoved($id: ID!) {\n    groupMoved(groupId: $id) {\n      ...GroupLive\n    }\n  }\n": typeof types.GroupMovedDocument,
    "\n  mutation CreateGroup($input: CreateGroupInput!) {\n    createGroup(input: $input) {\n      id\n    }\n  }\n": typeof types.CreateGroupDocument,
    "\n  mutation AddGuest($groupId: ID!, $name: String!) {\n    addGuest(groupId: $groupId, name: $name) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.AddGuestDocument,
    "\n  mutation CreateInvite($groupId: ID!) {\n    createInvite(groupId: $groupId) {\n      id\n      token\n      url\n      expiresAt\n    }\n  }\n": typeof types.CreateInviteDocument,
    "\n  query InvitePreview($token: String!) {\n    invite(token: $token) {\n      groupName\n      kind\n      memberNames\n      guests {\n        memberId\n        name\n      }\n    }\n  }\n": typeof types.InvitePreviewDocument,
    "\n  mutation JoinGroup($token: String!, $claimMemberId: ID) {\n    joinGroup(token: $token, claimMemberId: $claimMemberId) {\n      id\n      group {\n        id\n      }\n    }\n  }\n": typeof types.JoinGroupDocument,
    "\n  query GroupPayments($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      payments(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            from {\n              id\n            }\n            to {\n              id\n            }\n            amount {\n              amount\n              currency\n            }\n            method\n            status\n            date\n            note\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": typeof types.GroupPaymentsDocument,
    "\n  mutation RecordPayment($input: RecordPaymentInput!) {\n    recordPayment(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": typeof types.RecordPaymentDocument,
    "\n  query GroupReport($id: ID!) {\n    group(id: $id) {\n      id\n      report {\n        byCategory {\n          category\n          total {\n            amount\n            currency\n          }\n          count\n        }\n        byMonth {\n          month\n          total {\n            amount\n            currency\n          }\n        }\n        byMember {\n          member {\n            id\n          }\n          paid {\n            amount\n            currency\n          }\n          share {\n            amount\n            currency\n          }\n        }\n        total {\n          amount\n          currency\n        }\n        upToVersion\n      }\n    }\n  }\n": typeof types.GroupReportDocument,
    "\n  query GroupActivity($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      activity(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            at\n            type\n            summary\n            actor {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": typeof types.GroupActivityDocument,
};
const documents: Documents = {
    "\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(refreshToken: $refreshToken) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n": types.RefreshSessionDocument,
    "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n": types.RegisterDocument,
    "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n": types.LoginDocument,
    "\n  mutation Logout($refreshToken: String!) {\n    logout(refreshToken: $refreshToken)\n  }\n": types.LogoutDocument,
    "\n  query Me {\n    me {\n      id\n      name\n      email\n      defaultCurrency\n    }\n  }\n": types.MeDocument,
    "\n  fragment DraftParts on ExpenseDraft {\n    id\n    text\n    status\n    advisor\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    items {\n      name\n      amount {\n        amount\n        currency\n      }\n      members {\n        id\n      }\n    }\n    problems\n  }\n": types.DraftPartsFragmentDoc,
    "\n  query Draft($id: ID!) {\n    draft(id: $id) {\n      ...DraftParts\n    }\n  }\n": types.DraftDocument,
    "\n  subscription DraftChanged($id: ID!) {\n    draftChanged(id: $id) {\n      ...DraftParts\n    }\n  }\n": types.DraftChangedDocument,
    "\n  mutation DraftExpense($groupId: ID!, $text: String!) {\n    draftExpense(groupId: $groupId, text: $text) {\n      ...DraftParts\n    }\n  }\n": types.DraftExpenseDocument,
    "\n  mutation DraftReceipt($groupId: ID!, $photo: PhotoInput!) {\n    draftReceipt(groupId: $groupId, photo: $photo) {\n      ...DraftParts\n    }\n  }\n": types.DraftReceiptDocument,
    "\n  mutation ConfirmDraft($id: ID!, $idempotencyKey: String!, $changes: DraftChanges) {\n    confirmDraft(id: $id, idempotencyKey: $idempotencyKey, changes: $changes) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.ConfirmDraftDocument,
    "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n": types.DiscardDraftDocument,
    "\n  fragment ExpenseParts on Expense {\n    id\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    deletedAt\n    version\n    advice {\n      category\n      duplicateOf {\n        id\n        description\n        date\n      }\n      shares {\n        member {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      reason\n    }\n  }\n": types.ExpensePartsFragmentDoc,
    "\n  query GroupExpenses($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      expenses(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ExpenseParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": types.GroupExpensesDocument,
    "\n  query ExpenseDetail($id: ID!) {\n    expense(id: $id) {\n      ...ExpenseParts\n      notes\n      createdAt\n      createdBy {\n        id\n      }\n      items {\n        name\n        amount {\n          amount\n          currency\n        }\n        members {\n          id\n        }\n      }\n      history {\n        version\n        at\n        by {\n          id\n        }\n        change\n        description\n        total {\n          amount\n          currency\n        }\n      }\n    }\n  }\n": types.ExpenseDetailDocument,
    "\n  query PreviewSplit($total: MoneyInput!, $split: SplitInput!) {\n    previewSplit(total: $total, split: $split) {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n  }\n": types.PreviewSplitDocument,
    "\n  mutation CreateExpense($input: CreateExpenseInput!) {\n    createExpense(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.CreateExpenseDocument,
    "\n  mutation UpdateExpense($input: UpdateExpenseInput!) {\n    updateExpense(input: $input) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.UpdateExpenseDocument,
    "\n  mutation DeleteExpense($id: ID!, $expectedVersion: Int!) {\n    deleteExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.DeleteExpenseDocument,
    "\n  mutation RestoreExpense($id: ID!, $expectedVersion: Int!) {\n    restoreExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.RestoreExpenseDocument,
    "\n  mutation AcceptAdvice($expenseId: ID!, $expectedVersion: Int!) {\n    acceptAdvice(expenseId: $expenseId, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.AcceptAdviceDocument,
    "\n  mutation DismissAdvice($expenseId: ID!) {\n    dismissAdvice(expenseId: $expenseId)\n  }\n": types.DismissAdviceDocument,
    "\n  fragment GroupLive on Group {\n    id\n    name\n    kind\n    currency\n    version\n    members {\n      id\n      name\n      isGuest\n      state\n      role\n    }\n    viewerMember {\n      id\n    }\n    ledgerVersion\n    balances {\n      member {\n        id\n      }\n      net {\n        amount\n        currency\n      }\n    }\n    settlement {\n      transfers {\n        from {\n          id\n        }\n        to {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      minimal\n      ledgerVersion\n    }\n  }\n": types.GroupLiveFragmentDoc,
    "\n  query Groups($first: Int!, $after: String) {\n    groups(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          kind\n          currency\n          members {\n            id\n            name\n            isGuest\n            state\n          }\n          viewerMember {\n            id\n          }\n          balances {\n            member {\n              id\n            }\n            net {\n              amount\n              currency\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n": types.GroupsDocument,
    "\n  query GroupPage($id: ID!) {\n    group(id: $id) {\n      ...GroupLive\n    }\n  }\n": types.GroupPageDocument,
    "\n  subscription GroupMoved($id: ID!) {\n    groupMoved(groupId: $id) {\n      ...GroupLive\n    }\n  }\n": types.GroupMovedDocument,
    "\n  mutation CreateGroup($input: CreateGroupInput!) {\n    createGroup(input: $input) {\n      id\n    }\n  }\n": types.CreateGroupDocument,
    "\n  mutation AddGuest($groupId: ID!, $name: String!) {\n    addGuest(groupId: $groupId, name: $name) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.AddGuestDocument,
    "\n  mutation CreateInvite($groupId: ID!) {\n    createInvite(groupId: $groupId) {\n      id\n      token\n      url\n      expiresAt\n    }\n  }\n": types.CreateInviteDocument,
    "\n  query InvitePreview($token: String!) {\n    invite(token: $token) {\n      groupName\n      kind\n      memberNames\n      guests {\n        memberId\n        name\n      }\n    }\n  }\n": types.InvitePreviewDocument,
    "\n  mutation JoinGroup($token: String!, $claimMemberId: ID) {\n    joinGroup(token: $token, claimMemberId: $claimMemberId) {\n      id\n      group {\n        id\n      }\n    }\n  }\n": types.JoinGroupDocument,
    "\n  query GroupPayments($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      payments(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            from {\n              id\n            }\n            to {\n              id\n            }\n            amount {\n              amount\n              currency\n            }\n            method\n            status\n            date\n            note\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": types.GroupPaymentsDocument,
    "\n  mutation RecordPayment($input: RecordPaymentInput!) {\n    recordPayment(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n": types.RecordPaymentDocument,
    "\n  query GroupReport($id: ID!) {\n    group(id: $id) {\n      id\n      report {\n        byCategory {\n          category\n          total {\n            amount\n            currency\n          }\n          count\n        }\n        byMonth {\n          month\n          total {\n            amount\n            currency\n          }\n        }\n        byMember {\n          member {\n            id\n          }\n          paid {\n            amount\n            currency\n          }\n          share {\n            amount\n            currency\n          }\n        }\n        total {\n          amount\n          currency\n        }\n        upToVersion\n      }\n    }\n  }\n": types.GroupReportDocument,
    "\n  query GroupActivity($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      activity(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            at\n            type\n            summary\n            actor {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n": types.GroupActivityDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(refreshToken: $refreshToken) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  mutation RefreshSession($refreshToken: String!) {\n    refreshSession(refreshToken: $refreshToken) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  mutation Register($input: RegisterInput!) {\n    register(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  mutation Login($input: LoginInput!) {\n    login(input: $input) {\n      accessToken\n      refreshToken\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Logout($refreshToken: String!) {\n    logout(refreshToken: $refreshToken)\n  }\n"): (typeof documents)["\n  mutation Logout($refreshToken: String!) {\n    logout(refreshToken: $refreshToken)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Me {\n    me {\n      id\n      name\n      email\n      defaultCurrency\n    }\n  }\n"): (typeof documents)["\n  query Me {\n    me {\n      id\n      name\n      email\n      defaultCurrency\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment DraftParts on ExpenseDraft {\n    id\n    text\n    status\n    advisor\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    items {\n      name\n      amount {\n        amount\n        currency\n      }\n      members {\n        id\n      }\n    }\n    problems\n  }\n"): (typeof documents)["\n  fragment DraftParts on ExpenseDraft {\n    id\n    text\n    status\n    advisor\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    items {\n      name\n      amount {\n        amount\n        currency\n      }\n      members {\n        id\n      }\n    }\n    problems\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Draft($id: ID!) {\n    draft(id: $id) {\n      ...DraftParts\n    }\n  }\n"): (typeof documents)["\n  query Draft($id: ID!) {\n    draft(id: $id) {\n      ...DraftParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription DraftChanged($id: ID!) {\n    draftChanged(id: $id) {\n      ...DraftParts\n    }\n  }\n"): (typeof documents)["\n  subscription DraftChanged($id: ID!) {\n    draftChanged(id: $id) {\n      ...DraftParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DraftExpense($groupId: ID!, $text: String!) {\n    draftExpense(groupId: $groupId, text: $text) {\n      ...DraftParts\n    }\n  }\n"): (typeof documents)["\n  mutation DraftExpense($groupId: ID!, $text: String!) {\n    draftExpense(groupId: $groupId, text: $text) {\n      ...DraftParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DraftReceipt($groupId: ID!, $photo: PhotoInput!) {\n    draftReceipt(groupId: $groupId, photo: $photo) {\n      ...DraftParts\n    }\n  }\n"): (typeof documents)["\n  mutation DraftReceipt($groupId: ID!, $photo: PhotoInput!) {\n    draftReceipt(groupId: $groupId, photo: $photo) {\n      ...DraftParts\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConfirmDraft($id: ID!, $idempotencyKey: String!, $changes: DraftChanges) {\n    confirmDraft(id: $id, idempotencyKey: $idempotencyKey, changes: $changes) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ConfirmDraft($id: ID!, $idempotencyKey: String!, $changes: DraftChanges) {\n    confirmDraft(id: $id, idempotencyKey: $idempotencyKey, changes: $changes) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n"): (typeof documents)["\n  mutation DiscardDraft($id: ID!) {\n    discardDraft(id: $id)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ExpenseParts on Expense {\n    id\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    deletedAt\n    version\n    advice {\n      category\n      duplicateOf {\n        id\n        description\n        date\n      }\n      shares {\n        member {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      reason\n    }\n  }\n"): (typeof documents)["\n  fragment ExpenseParts on Expense {\n    id\n    description\n    total {\n      amount\n      currency\n    }\n    date\n    category\n    payers {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    splitMode\n    shares {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n    deletedAt\n    version\n    advice {\n      category\n      duplicateOf {\n        id\n        description\n        date\n      }\n      shares {\n        member {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      reason\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupExpenses($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      expenses(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ExpenseParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupExpenses($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      expenses(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            ...ExpenseParts\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ExpenseDetail($id: ID!) {\n    expense(id: $id) {\n      ...ExpenseParts\n      notes\n      createdAt\n      createdBy {\n        id\n      }\n      items {\n        name\n        amount {\n          amount\n          currency\n        }\n        members {\n          id\n        }\n      }\n      history {\n        version\n        at\n        by {\n          id\n        }\n        change\n        description\n        total {\n          amount\n          currency\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ExpenseDetail($id: ID!) {\n    expense(id: $id) {\n      ...ExpenseParts\n      notes\n      createdAt\n      createdBy {\n        id\n      }\n      items {\n        name\n        amount {\n          amount\n          currency\n        }\n        members {\n          id\n        }\n      }\n      history {\n        version\n        at\n        by {\n          id\n        }\n        change\n        description\n        total {\n          amount\n          currency\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PreviewSplit($total: MoneyInput!, $split: SplitInput!) {\n    previewSplit(total: $total, split: $split) {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n  }\n"): (typeof documents)["\n  query PreviewSplit($total: MoneyInput!, $split: SplitInput!) {\n    previewSplit(total: $total, split: $split) {\n      member {\n        id\n      }\n      amount {\n        amount\n        currency\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateExpense($input: CreateExpenseInput!) {\n    createExpense(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateExpense($input: CreateExpenseInput!) {\n    createExpense(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation UpdateExpense($input: UpdateExpenseInput!) {\n    updateExpense(input: $input) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation UpdateExpense($input: UpdateExpenseInput!) {\n    updateExpense(input: $input) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DeleteExpense($id: ID!, $expectedVersion: Int!) {\n    deleteExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation DeleteExpense($id: ID!, $expectedVersion: Int!) {\n    deleteExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RestoreExpense($id: ID!, $expectedVersion: Int!) {\n    restoreExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RestoreExpense($id: ID!, $expectedVersion: Int!) {\n    restoreExpense(id: $id, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AcceptAdvice($expenseId: ID!, $expectedVersion: Int!) {\n    acceptAdvice(expenseId: $expenseId, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AcceptAdvice($expenseId: ID!, $expectedVersion: Int!) {\n    acceptAdvice(expenseId: $expenseId, expectedVersion: $expectedVersion) {\n      ...ExpenseParts\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation DismissAdvice($expenseId: ID!) {\n    dismissAdvice(expenseId: $expenseId)\n  }\n"): (typeof documents)["\n  mutation DismissAdvice($expenseId: ID!) {\n    dismissAdvice(expenseId: $expenseId)\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment GroupLive on Group {\n    id\n    name\n    kind\n    currency\n    version\n    members {\n      id\n      name\n      isGuest\n      state\n      role\n    }\n    viewerMember {\n      id\n    }\n    ledgerVersion\n    balances {\n      member {\n        id\n      }\n      net {\n        amount\n        currency\n      }\n    }\n    settlement {\n      transfers {\n        from {\n          id\n        }\n        to {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      minimal\n      ledgerVersion\n    }\n  }\n"): (typeof documents)["\n  fragment GroupLive on Group {\n    id\n    name\n    kind\n    currency\n    version\n    members {\n      id\n      name\n      isGuest\n      state\n      role\n    }\n    viewerMember {\n      id\n    }\n    ledgerVersion\n    balances {\n      member {\n        id\n      }\n      net {\n        amount\n        currency\n      }\n    }\n    settlement {\n      transfers {\n        from {\n          id\n        }\n        to {\n          id\n        }\n        amount {\n          amount\n          currency\n        }\n      }\n      minimal\n      ledgerVersion\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Groups($first: Int!, $after: String) {\n    groups(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          kind\n          currency\n          members {\n            id\n            name\n            isGuest\n            state\n          }\n          viewerMember {\n            id\n          }\n          balances {\n            member {\n              id\n            }\n            net {\n              amount\n              currency\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n"): (typeof documents)["\n  query Groups($first: Int!, $after: String) {\n    groups(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          id\n          name\n          kind\n          currency\n          members {\n            id\n            name\n            isGuest\n            state\n          }\n          viewerMember {\n            id\n          }\n          balances {\n            member {\n              id\n            }\n            net {\n              amount\n              currency\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      totalCount\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupPage($id: ID!) {\n    group(id: $id) {\n      ...GroupLive\n    }\n  }\n"): (typeof documents)["\n  query GroupPage($id: ID!) {\n    group(id: $id) {\n      ...GroupLive\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription GroupMoved($id: ID!) {\n    groupMoved(groupId: $id) {\n      ...GroupLive\n    }\n  }\n"): (typeof documents)["\n  subscription GroupMoved($id: ID!) {\n    groupMoved(groupId: $id) {\n      ...GroupLive\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateGroup($input: CreateGroupInput!) {\n    createGroup(input: $input) {\n      id\n    }\n  }\n"): (typeof documents)["\n  mutation CreateGroup($input: CreateGroupInput!) {\n    createGroup(input: $input) {\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation AddGuest($groupId: ID!, $name: String!) {\n    addGuest(groupId: $groupId, name: $name) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation AddGuest($groupId: ID!, $name: String!) {\n    addGuest(groupId: $groupId, name: $name) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateInvite($groupId: ID!) {\n    createInvite(groupId: $groupId) {\n      id\n      token\n      url\n      expiresAt\n    }\n  }\n"): (typeof documents)["\n  mutation CreateInvite($groupId: ID!) {\n    createInvite(groupId: $groupId) {\n      id\n      token\n      url\n      expiresAt\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query InvitePreview($token: String!) {\n    invite(token: $token) {\n      groupName\n      kind\n      memberNames\n      guests {\n        memberId\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  query InvitePreview($token: String!) {\n    invite(token: $token) {\n      groupName\n      kind\n      memberNames\n      guests {\n        memberId\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation JoinGroup($token: String!, $claimMemberId: ID) {\n    joinGroup(token: $token, claimMemberId: $claimMemberId) {\n      id\n      group {\n        id\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation JoinGroup($token: String!, $claimMemberId: ID) {\n    joinGroup(token: $token, claimMemberId: $claimMemberId) {\n      id\n      group {\n        id\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupPayments($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      payments(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            from {\n              id\n            }\n            to {\n              id\n            }\n            amount {\n              amount\n              currency\n            }\n            method\n            status\n            date\n            note\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupPayments($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      payments(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            from {\n              id\n            }\n            to {\n              id\n            }\n            amount {\n              amount\n              currency\n            }\n            method\n            status\n            date\n            note\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RecordPayment($input: RecordPaymentInput!) {\n    recordPayment(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation RecordPayment($input: RecordPaymentInput!) {\n    recordPayment(input: $input) {\n      id\n      group {\n        ...GroupLive\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupReport($id: ID!) {\n    group(id: $id) {\n      id\n      report {\n        byCategory {\n          category\n          total {\n            amount\n            currency\n          }\n          count\n        }\n        byMonth {\n          month\n          total {\n            amount\n            currency\n          }\n        }\n        byMember {\n          member {\n            id\n          }\n          paid {\n            amount\n            currency\n          }\n          share {\n            amount\n            currency\n          }\n        }\n        total {\n          amount\n          currency\n        }\n        upToVersion\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupReport($id: ID!) {\n    group(id: $id) {\n      id\n      report {\n        byCategory {\n          category\n          total {\n            amount\n            currency\n          }\n          count\n        }\n        byMonth {\n          month\n          total {\n            amount\n            currency\n          }\n        }\n        byMember {\n          member {\n            id\n          }\n          paid {\n            amount\n            currency\n          }\n          share {\n            amount\n            currency\n          }\n        }\n        total {\n          amount\n          currency\n        }\n        upToVersion\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query GroupActivity($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      activity(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            at\n            type\n            summary\n            actor {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"): (typeof documents)["\n  query GroupActivity($id: ID!, $first: Int!, $after: String) {\n    group(id: $id) {\n      id\n      activity(first: $first, after: $after) {\n        edges {\n          cursor\n          node {\n            id\n            at\n            type\n            summary\n            actor {\n              id\n              name\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n        totalCount\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;