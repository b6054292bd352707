package cqloop.testkit.node;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.QueryExp;
import org.apache.cassandra.utils.MBeanWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Registers no MBean, which saves up to a second of every boot, but answers queries from the
 * platform server: the garbage collection inspector needs those.
 */
public final class QuietMBeans implements MBeanWrapper {
  /** Called by the server, by reflection. */
  public QuietMBeans() {}

  @Override
  public void registerMBean(Object bean, ObjectName name, OnException onException) {
    // Nobody reads MBeans of a test node.
  }

  @Override
  public boolean isRegistered(ObjectName name, OnException onException) {
    return false;
  }

  @Override
  public void unregisterMBean(ObjectName name, OnException onException) {
    // Nothing was registered.
  }

  @Override
  public Set<ObjectName> queryNames(ObjectName name, @Nullable QueryExp query) {
    return ManagementFactory.getPlatformMBeanServer().queryNames(name, query);
  }

  @Override
  public MBeanServer getMBeanServer() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
