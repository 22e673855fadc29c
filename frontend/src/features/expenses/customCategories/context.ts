import { createContext, use } from 'react'
import type { CustomCategoryFragment } from './documents.generated'

/** The categories that the group on the screen has added to those that everybody has. */
export const CustomCategories = createContext<readonly CustomCategoryFragment[]>([])

export function useCustomCategories(): readonly CustomCategoryFragment[] {
  return use(CustomCategories)
}
