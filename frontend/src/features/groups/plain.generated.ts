/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../api/schema.generated';

import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type InvitePreviewQueryVariables = Exact<{
  token: string;
}>;


export type InvitePreviewQuery = { invite: { groupName: string, kind: Types.GroupKind, memberNames: Array<string>, personal: boolean, claimNeedsApproval: boolean, guests: Array<{ memberId: string, name: string }> } | null };

export type JoinGroupMutationVariables = Exact<{
  token: string;
  claimMemberId?: string | null | undefined;
}>;


export type JoinGroupMutation = { joinGroup: { id: string, group: { id: string } } };

export type RequestClaimMutationVariables = Exact<{
  token: string;
  memberId: string;
}>;


export type RequestClaimMutation = { requestClaim: boolean };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const InvitePreview = new TypedDocumentString(`
    query InvitePreview($token: String!) {
  invite(token: $token) {
    groupName
    kind
    memberNames
    guests {
      memberId
      name
    }
    personal
    claimNeedsApproval
  }
}
    `) as unknown as TypedDocumentString<InvitePreviewQuery, InvitePreviewQueryVariables>;
export const JoinGroup = new TypedDocumentString(`
    mutation JoinGroup($token: String!, $claimMemberId: ID) {
  joinGroup(token: $token, claimMemberId: $claimMemberId) {
    id
    group {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<JoinGroupMutation, JoinGroupMutationVariables>;
export const RequestClaim = new TypedDocumentString(`
    mutation RequestClaim($token: String!, $memberId: ID!) {
  requestClaim(token: $token, memberId: $memberId)
}
    `) as unknown as TypedDocumentString<RequestClaimMutation, RequestClaimMutationVariables>;