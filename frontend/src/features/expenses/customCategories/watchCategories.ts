import type { ApolloClient } from '@apollo/client'
import { unmask } from '../../../api/fragments'
import { GroupCategories, type CustomCategoryFragment } from './documents.generated'

/** Tells the categories of a group now and whenever they change, until it is stopped. */
export function watchCategories(
  client: ApolloClient,
  id: string,
  onCategories: (categories: readonly CustomCategoryFragment[]) => void,
): () => void {
  const watched = client
    .watchQuery({
      query: GroupCategories,
      variables: { id },
      fetchPolicy: 'cache-and-network',
      errorPolicy: 'all',
    })
    .subscribe({
      next: ({ data, dataState }) => {
        const categories = dataState === 'complete' && data.group?.categories
        if (categories) onCategories(unmask<CustomCategoryFragment>(categories))
      },
    })
  return () => {
    watched.unsubscribe()
  }
}
