package cqloop.netty.message;

import java.util.List;
import java.util.Map;

/** Value. SUPPORTED: options of STARTUP with their possible values. */
public record Supported(ResponsePrefix prefix, Map<String, List<String>> options)
    implements Response {}
