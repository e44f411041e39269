//! Rows in an order that people give them: the tasks of a column, the items of a checklist.

use super::{
    draft::Place,
    position::{LONG, between},
};
use crate::{StoreError, scope::Scope};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, prelude::Uuid,
    sea_query::Expr,
};

/// The rows of one order, and the columns that matter. Whoever changes it has it locked, so that
/// of two moves at once the second one sees what the first one did.
pub(super) struct Line<'a, E: EntityTrait> {
    pub(super) scope: &'a Scope,
    pub(super) rows: Select<E>,
    pub(super) organization_id: E::Column,
    pub(super) id: E::Column,
    pub(super) place: E::Column,
}

/// The neighbours' places, where there are neighbours.
struct Gap {
    low: Option<String>,
    high: Option<String>,
}

impl<E: EntityTrait> Line<'_, E> {
    /// A position at this place for a row that is not in the line yet.
    pub(super) async fn room(&self, to: Place<Uuid>) -> Result<String, StoreError> {
        Ok(self
            .room_for(Uuid::nil(), None, to)
            .await?
            .unwrap_or_default())
    }

    /// A position at this place for the row `id`, unless the one that it has, `current`, is
    /// there already.
    pub(super) async fn room_for(
        &self,
        id: Uuid,
        current: Option<&str>,
        to: Place<Uuid>,
    ) -> Result<Option<String>, StoreError> {
        let gap = self.gap(id, to).await?;
        if current.is_some_and(|current| gap.holds(current)) {
            return Ok(None);
        }
        let position = gap.middle()?;
        if position.len() <= LONG {
            return Ok(Some(position));
        }
        self.spread().await?;
        Ok(Some(self.gap(id, to).await?.middle()?))
    }

    async fn gap(&self, moved: Uuid, to: Place<Uuid>) -> Result<Gap, StoreError> {
        let anchor = match to {
            Place::Before(anchor) | Place::After(anchor) => self.place_of(moved, anchor).await?,
            Place::First | Place::Last => None,
        };
        Ok(match (to, anchor) {
            (Place::First, _) => Gap {
                low: None,
                high: self.next(moved, None).await?,
            },
            (Place::Before(_), Some(anchor)) => Gap {
                low: self.previous(moved, Some(&anchor)).await?,
                high: Some(anchor),
            },
            (Place::After(_), Some(anchor)) => Gap {
                high: self.next(moved, Some(&anchor)).await?,
                low: Some(anchor),
            },
            _ => Gap {
                low: self.previous(moved, None).await?,
                high: None,
            },
        })
    }

    async fn place_of(&self, moved: Uuid, anchor: Uuid) -> Result<Option<String>, StoreError> {
        let query = self.others(moved).filter(self.id.eq(anchor));
        self.one(query).await
    }

    /// The last place, or the last before this one.
    async fn previous(
        &self,
        moved: Uuid,
        before: Option<&str>,
    ) -> Result<Option<String>, StoreError> {
        let mut query = self.others(moved).order_by_desc(self.place);
        if let Some(before) = before {
            query = query.filter(self.place.lt(before));
        }
        self.one(query).await
    }

    /// The first place, or the first after this one.
    async fn next(&self, moved: Uuid, after: Option<&str>) -> Result<Option<String>, StoreError> {
        let mut query = self.others(moved).order_by_asc(self.place);
        if let Some(after) = after {
            query = query.filter(self.place.gt(after));
        }
        self.one(query).await
    }

    fn others(&self, moved: Uuid) -> Select<E> {
        self.rows.clone().filter(self.id.ne(moved))
    }

    async fn one(&self, query: Select<E>) -> Result<Option<String>, StoreError> {
        let places = query.select_only().column(self.place).limit(1);
        let place = places.into_tuple().one(&self.scope.transaction).await?;
        Ok(place)
    }

    /// Makes positions short again that grew long because many rows were put between the same
    /// two: all go behind the last one, in their order, so that no two ever have the same.
    async fn spread(&self) -> Result<(), StoreError> {
        let rows: Vec<(Uuid, String)> = self
            .rows
            .clone()
            .select_only()
            .column(self.id)
            .column(self.place)
            .order_by_asc(self.place)
            .into_tuple()
            .all(&self.scope.transaction)
            .await?;
        let mut last = rows.last().map(|(_, place)| place.clone());
        for (id, _) in rows {
            let place = between(last.as_deref(), None).ok_or_else(out_of_order)?;
            E::update_many()
                .col_expr(self.place, Expr::value(place.as_str()))
                .filter(self.organization_id.eq(self.scope.organization_id()))
                .filter(self.id.eq(id))
                .exec(&self.scope.transaction)
                .await?;
            last = Some(place);
        }
        Ok(())
    }
}

impl Gap {
    fn holds(&self, place: &str) -> bool {
        self.low.as_deref().is_none_or(|low| low < place)
            && self.high.as_deref().is_none_or(|high| place < high)
    }

    fn middle(&self) -> Result<String, StoreError> {
        let middle = between(self.low.as_deref(), self.high.as_deref());
        middle.ok_or_else(|| out_of_order().into())
    }
}

fn out_of_order() -> DbErr {
    DbErr::Custom("neighbours are not in order".to_owned())
}
