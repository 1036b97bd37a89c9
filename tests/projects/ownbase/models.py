"""A site with its own base page (Wagtail 8): no `wagtail_massage.pages`, its page types come from the mixins."""

from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.blocks import CharBlock, DateBlock, ListBlock, PageChooserBlock, RichTextBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import AbstractPage

from wagtail_massage.benefits.blocks import ArticleBodyBlock
from wagtail_massage.treatments.abstract import (
    AbstractSubject,
    AbstractTreatmentOption,
    BenefitListIndexMixin,
    BenefitListMixin,
    TreatmentIndexMixin,
    TreatmentMixin,
)


class BasePage(AbstractPage):
    """Has neither Wagtail's SEO fields nor its menu field."""


class SpaIndex(TreatmentIndexMixin, BasePage):
    content_panels = [*BasePage.content_panels, *TreatmentIndexMixin.index_panels]
    search_fields = [*BasePage.search_fields, *TreatmentIndexMixin.index_search_fields]
    api_fields = [*TreatmentIndexMixin.index_api_fields]


class SpaTreatmentTag(TaggedItemBase):
    content_object = ParentalKey("SpaTreatment", related_name="tagged_items", on_delete=models.CASCADE)


class SpaTreatmentOption(AbstractTreatmentOption):
    page = ParentalKey("SpaTreatment", related_name="options", on_delete=models.CASCADE)


class SpaTreatment(TreatmentMixin, BasePage):
    massage_comments = True

    tags = ClusterTaggableManager(through=SpaTreatmentTag, blank=True)

    content_panels = [*BasePage.content_panels, *TreatmentMixin.treatment_panels]
    promote_panels = [*BasePage.promote_panels, *TreatmentMixin.promote_tag_panels]
    search_fields = [*BasePage.search_fields, *TreatmentMixin.treatment_search_fields]
    api_fields = [*TreatmentMixin.treatment_api_fields]


class SpaJournal(BenefitListIndexMixin, BasePage):
    content_panels = [*BasePage.content_panels, *BenefitListIndexMixin.index_panels]
    search_fields = [*BasePage.search_fields, *BenefitListIndexMixin.index_search_fields]
    api_fields = [*BenefitListIndexMixin.index_api_fields]


class SpaArticleTag(TaggedItemBase):
    content_object = ParentalKey("SpaArticle", related_name="tagged_items", on_delete=models.CASCADE)


class SpaArticleSubject(AbstractSubject):
    page = ParentalKey("SpaArticle", related_name="subjects", on_delete=models.CASCADE)


class OpeningHoursBlock(StructBlock):
    """A block of the site's own, with everything that needs more than a bare value in JSON."""

    day = CharBlock()
    photo = ImageChooserBlock(required=False)
    directions = PageChooserBlock(required=False)
    note = RichTextBlock(required=False)
    closed = ListBlock(DateBlock())


class SpaBodyBlock(ArticleBodyBlock):
    hours = OpeningHoursBlock()


class SpaArticle(BenefitListMixin, BasePage):
    massage_comments = True

    body = StreamField(SpaBodyBlock(), blank=True)

    tags = ClusterTaggableManager(through=SpaArticleTag, blank=True)

    content_panels = [*BasePage.content_panels, *BenefitListMixin.benefit_list_panels]
    promote_panels = [*BasePage.promote_panels, *BenefitListMixin.promote_tag_panels]
    search_fields = [*BasePage.search_fields, *BenefitListMixin.benefit_list_search_fields]
    api_fields = [*BenefitListMixin.benefit_list_api_fields]
