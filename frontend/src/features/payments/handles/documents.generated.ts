/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type * as Types from '../../../api/schema.generated';

import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type OwnPayHandlesFragment = { id: string, payHandles: Array<{ kind: Types.PayHandleKind, value: string, holder: string | null }> } & { ' $fragmentName'?: 'OwnPayHandlesFragment' };

export type PayHandlesQueryVariables = Exact<{ [key: string]: never; }>;


export type PayHandlesQuery = { me: { ' $fragmentRefs'?: { 'OwnPayHandlesFragment': OwnPayHandlesFragment } } };

export type SetPayHandlesMutationVariables = Exact<{
  handles: Array<Types.PayHandleInput> | Types.PayHandleInput;
}>;


export type SetPayHandlesMutation = { setPayHandles: { ' $fragmentRefs'?: { 'OwnPayHandlesFragment': OwnPayHandlesFragment } } };

export const OwnPayHandles = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnPayHandles"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"payHandles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}}]}}]}}]} as unknown as DocumentNode<OwnPayHandlesFragment, unknown>;
export const PayHandles = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"PayHandles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"me"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OwnPayHandles"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnPayHandles"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"payHandles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}}]}}]}}]} as unknown as DocumentNode<PayHandlesQuery, PayHandlesQueryVariables>;
export const SetPayHandles = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"SetPayHandles"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"handles"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"PayHandleInput"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"setPayHandles"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"handles"},"value":{"kind":"Variable","name":{"kind":"Name","value":"handles"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OwnPayHandles"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OwnPayHandles"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"payHandles"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"holder"}}]}}]}}]} as unknown as DocumentNode<SetPayHandlesMutation, SetPayHandlesMutationVariables>;