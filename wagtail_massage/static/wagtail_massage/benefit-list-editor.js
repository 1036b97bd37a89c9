(() => {
  window.telepath.register("wagtail_massage.BenefitListBlock", window.wagtailStreamField.blocks.StructBlockDefinition);
})();
