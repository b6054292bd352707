package cqloop.spi;

/** Provides address translators. */
public interface AddressTranslatorProvider extends PolicyProvider<AddressTranslator> {}
