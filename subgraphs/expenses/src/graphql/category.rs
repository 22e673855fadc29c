//! GraphQL types of the categories of groups.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use contracts::{CategoryId, roster::group_not_found};
use kit::{
    Outcome,
    graphql::{read_id, request},
};

use crate::{
    category::{self, Look},
    refusal::CategoryRefusal,
    services::Services,
};

#[derive(Default)]
pub(super) struct GroupCategoryMutations;

#[Object]
impl GroupCategoryMutations {
    /// Adds a category to a group.
    async fn create_category(&self, ctx: &Context<'_>, group_id: ID, input: CategoryInput) -> Outcome<Category> {
        let (services, caller) = request::<Services>(ctx)?;
        let group = read_id(&group_id, group_not_found())?;
        Ok(services.categories.create(caller, group, input.read()).await?.into())
    }

    /// Changes the name, icon and colour of a category; its key stays.
    async fn update_category(&self, ctx: &Context<'_>, id: ID, input: CategoryInput) -> Outcome<Category> {
        let (services, caller) = request::<Services>(ctx)?;
        Ok(services.categories.update(caller, category_id(&id)?, input.read()).await?.into())
    }

    /// Removes a category of a group; expenses keep its key.
    async fn delete_category(&self, ctx: &Context<'_>, id: ID) -> Outcome<bool> {
        let (services, caller) = request::<Services>(ctx)?;
        services.categories.delete(caller, category_id(&id)?).await.map(|()| true)
    }
}

/// The look of a category.
#[derive(InputObject)]
pub(super) struct CategoryInput {
    name: String,
    /// An emoji, or the name of an icon.
    icon: String,
    /// A colour such as "#5b2a5f".
    colour: String,
}

impl CategoryInput {
    fn read(self) -> Look {
        let Self { name, icon, colour } = self;
        Look { name, icon, colour }
    }
}

/// A category that members have added to their group.
#[derive(SimpleObject)]
pub(super) struct Category {
    id: ID,
    /// The value of `category` in expenses, filters and reports: the first name of the category in lower case.
    key: String,
    name: String,
    /// An emoji, or the name of an icon.
    icon: String,
    /// A colour such as "#5b2a5f".
    colour: String,
}

impl From<category::Category> for Category {
    fn from(category: category::Category) -> Self {
        let category::Category { id, key, name, icon, colour, .. } = category;
        Self { id: id.to_string().into(), key, name, icon, colour }
    }
}

fn category_id(id: &ID) -> Outcome<CategoryId> {
    read_id(id, CategoryRefusal::NotFound)
}
