import { useQuery } from '@apollo/client/react'
import type { ReactNode } from 'react'
import { unmask } from '../../../api/fragments'
import { CustomCategories } from './context'
import {
  AllCategories as AllCategoriesQuery,
  type CustomCategoryFragment,
} from './documents.generated'

/** Around what is listed over all groups: the categories that any of them has added. */
export function AllCategories({ children }: { children: ReactNode }) {
  const { data } = useQuery(AllCategoriesQuery)
  const categories = data?.groups.edges.flatMap(({ node }) => node.categories ?? []) ?? []
  return (
    <CustomCategories value={unmask<CustomCategoryFragment>(categories)}>
      {children}
    </CustomCategories>
  )
}
